package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Utf8;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import java.util.List;

/** The record as it is, as one field. */
record WholeRecord(String field, boolean text) implements RecordFormat {

    @Override
    public String name() {
        return text ? "text" : "bytes";
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        return new Decoder();
    }

    private final class Decoder implements ValueDecoder {

        private final FieldValues values = new FieldValues(1);

        @Override
        public FieldValues values() {
            return values;
        }

        @Override
        public List<Field> fields() {
            return List.of(Field.of(field));
        }

        @Override
        public void decode(byte[] bytes, int from, int to) throws BadRecordException {
            values.reset(bytes);
            if (text) {
                Utf8.check(bytes, from, to, from);
                values.setText(0, from, to);
            } else {
                values.setBytes(0, from, to);
            }
        }
    }
}
