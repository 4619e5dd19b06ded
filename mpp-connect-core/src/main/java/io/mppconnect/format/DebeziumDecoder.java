package io.mppconnect.format;

import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.RowWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the row of a change, from one of the places where it may be. The fields of the envelope are, for each thing that may
 * be around it: the operation, then the row after the change as a whole and field by field, then the row before it.
 */
final class DebeziumDecoder implements RecordDecoder {

    private static final byte[] DELETE = {'d'};

    private final List<Field> fields;
    private final List<ChosenField> row;
    private final int outers;
    private final ValueDecoder envelope;
    private boolean there;
    private int operation;

    /** Where the row's first field is. */
    private int first;

    DebeziumDecoder(List<Field> fields, List<ChosenField> row, int outers, ValueDecoder envelope) {
        this.fields = List.copyOf(fields);
        this.row = row;
        this.outers = outers;
        this.envelope = envelope;
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public void decode(byte[] bytes, int from, int to) throws Exception {
        try {
            envelope.decode(bytes, from, to);
        } catch (FieldsChangedException e) {
            throw announced(e);
        }
        FieldValues values = envelope.values();
        int place = row.size() + 1;
        operation = 0;
        for (int outer = 1; outer < outers && values.isNull(operation); outer++) {
            operation = outer * (1 + 2 * place);
        }
        int code = code(values);
        boolean before = code == 'd';
        if (!before && code != 'c' && code != 'r' && code != 'u') {
            throw new BadRecordException("it is no change of a row");
        }
        int whole = operation + 1 + (before ? place : 0);
        if (!isRow(values, whole)) {
            throw new BadRecordException("the change has no row " + (before ? "before" : "after") + " it");
        }
        first = whole + 1;
        there = true;
        for (int field = 0; field < row.size(); field++) {
            row.get(field).check(values, first + field);
        }
    }

    private static boolean isRow(FieldValues values, int whole) {
        return values.isText(whole)
                && values.textFrom(whole) < values.textTo(whole)
                && values.textBytes(whole)[values.textFrom(whole)] == '{';
    }

    /** What is news to the envelope is so to the row. */
    private FieldsChangedException announced(FieldsChangedException change) {
        List<Field> all = new ArrayList<>(fields);
        change.fields().stream()
                .filter(field -> !envelope.fields().contains(field))
                .forEach(all::add);
        return new FieldsChangedException(all);
    }

    /** The only letter of the operation; 0 when it is none. */
    private int code(FieldValues values) {
        return values.isText(operation) && values.textTo(operation) - values.textFrom(operation) == 1
                ? values.textBytes(operation)[values.textFrom(operation)]
                : 0;
    }

    @Override
    public void decodeNull() {
        there = false;
    }

    @Override
    public void write(RowWriter rows) throws InterruptedException {
        if (!there) {
            rows.writeUtf8(DELETE, 0, DELETE.length);
            for (int field = 0; field < row.size(); field++) {
                rows.writeNull();
            }
            return;
        }
        envelope.values().write(operation, rows);
        for (int field = 0; field < row.size(); field++) {
            envelope.values().write(first + field, rows);
        }
    }

    @Override
    public void close() {
        envelope.close();
    }
}
