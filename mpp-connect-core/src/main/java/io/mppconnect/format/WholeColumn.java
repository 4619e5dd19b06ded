package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.spi.RowReader;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One column alone, as the record; NULL is none. */
record WholeColumn(String column, boolean text) implements RecordEncoding {

    @Override
    public String name() {
        return text ? "text" : "bytes";
    }

    @Override
    public Supplier<RecordEncoder> open(List<Column> columns) {
        ChosenColumn chosen = ChosenColumn.of(name(), column, columns);
        if (!text && chosen.type().kind() != TypeKind.BYTEA) {
            throw ChosenColumn.mismatch("Cannot write bytes: column " + column + " is " + chosen.type()
                    + ", and not bytea; take asText, or cast it in the query");
        }
        return () -> new Encoder(chosen.position(), text);
    }

    private record Encoder(int position, boolean text) implements RecordEncoder {

        @Override
        public byte @Nullable [] encode(RowReader row) {
            if (row.isNull(position)) {
                return null;
            }
            return text
                    ? Arrays.copyOfRange(row.valueBytes(), row.valueFrom(position), row.valueTo(position))
                    : row.bytesAt(position);
        }
    }
}
