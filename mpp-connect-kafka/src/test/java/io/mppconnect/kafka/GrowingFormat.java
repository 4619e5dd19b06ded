package io.mppconnect.kafka;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A field {@code id}, and as many more behind bars, {@code more_1} and so on, as the longest record until now has. */
record GrowingFormat() implements RecordFormat {

    @Override
    public String name() {
        return "growing";
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        return open(columns, List.of());
    }

    @Override
    public RecordDecoder open(List<Column> columns, List<Field> announced) {
        return new Decoder(Math.max(1, Math.max(columns.size(), announced.size())));
    }

    private static List<Field> fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i == 0
                        ? Field.of("id")
                        : new Field("more_" + i, Optional.of(ColumnType.of(TypeKind.TEXT, "text"))))
                .toList();
    }

    private static final class Decoder implements RecordDecoder {

        private final int count;
        private String[] values = {};

        Decoder(int count) {
            this.count = count;
        }

        @Override
        public List<Field> fields() {
            return GrowingFormat.fields(count);
        }

        @Override
        public void decode(byte[] bytes, int from, int to) throws FieldsChangedException {
            values = new String(bytes, from, to - from, StandardCharsets.UTF_8).split("\\|", -1);
            if (values.length > count) {
                throw new FieldsChangedException(GrowingFormat.fields(values.length));
            }
        }

        @Override
        public void decodeNull() {
            values = new String[0];
        }

        @Override
        public void write(RowWriter rows) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                if (i < values.length) {
                    rows.writeText(values[i]);
                } else {
                    rows.writeNull();
                }
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
