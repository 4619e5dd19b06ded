package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a rejected row of one that no segment has seen. */
public final class UnsentRow {

    private UnsentRow() {}

    public static RejectedRow of(String origin, long record, String message, byte[] raw, int from, int to) {
        byte[] kept = Arrays.copyOfRange(raw, from, Math.min(to, from + RejectedRow.MOST_RAW));
        Optional<String> text = text(kept, to - from > RejectedRow.MOST_RAW);
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
}
