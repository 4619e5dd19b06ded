package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.RecordEncoding;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rows become.
 *
 * @param tombstone the position of the column that makes a row a tombstone; -1 for none
 */
record RecordLayout(@Nullable RecordEncoding key, RecordEncoding value, int tombstone, List<Column> columns) {

    /** @throws MppConnectException when there is no such column, or it is not boolean */
    static RecordLayout of(
            String target,
            @Nullable RecordEncoding key,
            RecordEncoding value,
            @Nullable String tombstone,
            List<Column> columns) {
        int position = -1;
        if (tombstone != null) {
            position = columns.stream().map(Column::name).toList().indexOf(tombstone);
            if (position < 0 || columns.get(position).type().kind() != TypeKind.BOOLEAN) {
                throw new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH,
                        "Cannot write " + target + ": tombstoneWhen needs a boolean column, and "
                                + (position < 0
                                        ? "there is no " + tombstone
                                        : tombstone + " is "
                                                + columns.get(position).type()));
            }
        }
        return new RecordLayout(key, value, position, columns);
    }

    /** Asks for whatever encoders need. */
    Opened open() throws Exception {
        RecordEncoding keys = key;
        return new Opened(
                keys == null ? null : new Part("the key of ", keys.name(), keys.open(columns)),
                new Part("", value.name(), value.open(columns)),
                tombstone);
    }

    /**
     * A key or a value.
     *
     * @param what it is of a row
     */
    record Part(String what, String format, Supplier<RecordEncoder> encoders) {}

    /** Ready to encode rows by several threads. */
    record Opened(@Nullable Part key, Part value, int tombstone) {}
}
