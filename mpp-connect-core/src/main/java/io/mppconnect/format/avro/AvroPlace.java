package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.spi.RowReader;
import io.mppconnect.type.ColumnType;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A place in a record for the values of one column.
 *
 * @param position of the column in the row; -1 for none: always null
 * @param nullBranch which one null is of a union; -1 where there is no null, -2 where there is nothing else
 * @param valueBranch which one the value is of a union; -1 where there is no union
 */
record AvroPlace(
        String name,
        int position,
        int nullBranch,
        int valueBranch,
        @Nullable TextStep step) {

    private static final int NONE = -1;

    /** In place of a branch, where there is no union and null is all there can be: no byte tells of it. */
    private static final int NULL_ALONE = -2;

    static AvroPlace of(ChosenColumn column, Schema schema) {
        return of(column.name(), column.position(), schema, column.type());
    }

    /** For the elements of an array. */
    static AvroPlace ofElements(String column, Schema schema, ColumnType type) {
        return of(column, 0, schema, type);
    }

    private static AvroPlace of(String name, int position, Schema schema, ColumnType type) {
        if (!schema.isUnion()) {
            return new AvroPlace(name, position, NONE, NONE, AvroValues.of(name, schema, type));
        }
        List<Schema> values = AvroTypes.withoutNull(schema);
        if (values.size() != 1) {
            throw ChosenColumn.mismatch("Cannot write Avro: column " + name + " goes into a union of " + values.size()
                    + " types; it must be of null and one type");
        }
        int value = schema.getTypes().indexOf(values.get(0));
        return new AvroPlace(name, position, nullBranch(schema), value, AvroValues.of(name, values.get(0), type));
    }

    /** @throws io.mppconnect.MppConnectException when it cannot be null */
    static AvroPlace without(String name, Schema schema) {
        int branch = schema.getType() == Schema.Type.NULL ? NULL_ALONE : nullBranch(schema);
        if (branch == NONE) {
            throw ChosenColumn.mismatch("Cannot write Avro: the schema's field " + name
                    + " must not be null, and there is no column of that name; name one so by AS in the query");
        }
        return new AvroPlace(name, NONE, branch, NONE, null);
    }

    private static int nullBranch(Schema schema) {
        return schema.isUnion() ? schema.getTypes().indexOf(Schema.create(Schema.Type.NULL)) : NONE;
    }

    void add(RowReader row, Scratch record) throws BadRecordException {
        if (position < 0 || row.isNull(position)) {
            addNull(record);
        } else {
            int from = row.valueFrom(position);
            add(row.valueBytes(), from, row.valueTo(position), record);
        }
    }

    void addNull(Scratch record) throws BadRecordException {
        if (nullBranch == NONE) {
            throw new BadRecordException("it is NULL, and the schema allows no null");
        }
        if (nullBranch != NULL_ALONE) {
            AvroBytes.addLong(nullBranch, record);
        }
    }

    void add(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        if (valueBranch >= 0) {
            AvroBytes.addLong(valueBranch, record);
        }
        if (step != null) {
            step.add(text, from, to, record);
        }
    }
}
