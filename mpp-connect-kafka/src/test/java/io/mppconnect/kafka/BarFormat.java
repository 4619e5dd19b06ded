package io.mppconnect.kafka;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fields between bars, such as {@code 17|name}: those named, or else the target's columns. An empty one is NULL. */
record BarFormat(List<String> fields) implements RecordFormat {

    static BarFormat bars(String... fields) {
        return new BarFormat(List.of(fields));
    }

    @Override
    public String name() {
        return "bars";
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        List<String> names =
                fields.isEmpty() ? columns.stream().map(Column::name).toList() : fields;
        return new Decoder(names);
    }

    private static final class Decoder implements RecordDecoder {

        private final List<String> names;
        private List<String> values = List.of();

        Decoder(List<String> names) {
            this.names = names;
        }

        @Override
        public List<Field> fields() {
            return names.stream().map(Field::of).toList();
        }

        @Override
        public void decode(byte[] bytes, int from, int to) throws BadRecordException {
            List<String> found = new ArrayList<>(
                    Arrays.asList(new String(bytes, from, to - from, StandardCharsets.UTF_8).split("\\|", -1)));
            if (found.size() != names.size()) {
                throw new BadRecordException("it has " + found.size() + " fields, not " + names.size());
            }
            values = found;
        }

        @Override
        public void decodeNull() {
            values = names.stream().map(name -> "").toList();
        }

        @Override
        public void write(RowWriter rows) throws InterruptedException {
            for (String value : values) {
                if (value.isEmpty()) {
                    rows.writeNull();
                } else {
                    rows.writeText(value);
                }
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
