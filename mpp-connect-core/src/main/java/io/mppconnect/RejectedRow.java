package io.mppconnect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** A row that no segment has seen. */
    public static RejectedRow unsent(String origin, long record, String message, byte[] raw, int from, int to) {
        byte[] kept = Arrays.copyOfRange(raw, from, Math.min(to, from + MOST_RAW));
        Optional<String> text = text(kept, to - from > MOST_RAW);
        return new RejectedRow(
                origin,
                record,
                OptionalInt.empty(),
                Optional.empty(),
                message,
                text,
                text.isPresent() ? Optional.empty() : Optional.of(ByteBuffer.wrap(kept)));
    }

    /** Empty for what no text column could hold. A character that was cut in two is left out. */
    private static Optional<String> text(byte[] utf8, boolean cut) {
        for (int shorter = 0; shorter < (cut ? 4 : 1) && shorter <= utf8.length; shorter++) {
            try {
                CharBuffer text =
                        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, 0, utf8.length - shorter));
                return text.chars().anyMatch(c -> c == 0) ? Optional.empty() : Optional.of(text.toString());
            } catch (CharacterCodingException noText) {
                // With one byte less it may be.
            }
        }
        return Optional.empty();
    }

    /** Without the row's values. */
    @Override
    public String toString() {
        return "record " + record + " of " + origin;
    }
}
