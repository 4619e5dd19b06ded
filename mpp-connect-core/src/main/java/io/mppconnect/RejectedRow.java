package io.mppconnect;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A row that a load has set aside.
 *
 * @param origin where it comes from: a file, a topic partition, {@code rows} of memory
 * @param record its number within the origin, as {@link io.mppconnect.spi.SplitOutput#origin} counts; 0 when unknown
 * @param segment which segment refused it; empty when none has seen it
 * @param sqlState the database's code for what is wrong, where it tells one
 * @param message what is wrong, in the words of whoever found it, which may quote the row's values
 * @param text the row as text, up to 64 kB of it; empty when it is none
 * @param bytes the row as it came, up to 64 kB of it, where that is no text
 */
public record RejectedRow(
        String origin,
        long record,
        OptionalInt segment,
        Optional<String> sqlState,
        String message,
        Optional<String> text,
        Optional<ByteBuffer> bytes) {

    /** How much of a row is kept, in bytes. */
    public static final int MOST_RAW = 64 * 1024;

    /** Without the row's values. */
    @Override
    public String toString() {
        return (record == 0 ? "a record" : "record " + record) + " of " + origin
                + (segment.isPresent() ? ", refused by segment " + segment.getAsInt() : "")
                + sqlState.map(state -> ", SQLSTATE " + state).orElse("");
    }
}
