package io.mppconnect.format.json;

import io.mppconnect.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A member's name in quotes and a colon, as most documents have them: told from others by a word or two, without a look for
 * where the name ends.
 */
final class JsonKey {

    private final byte[] bytes;

    /** The first eight bytes, or as many as there are, and which of eight these are. */
    private final long head;

    private final long mask;

    /** The last eight. */
    private final long tail;

    private JsonKey(byte[] bytes) {
        int length = bytes.length;
        this.bytes = bytes;
        head = Words.load(bytes, 0, length);
        mask = length < Words.BYTES ? -1L >>> (Byte.SIZE * (Words.BYTES - length)) : -1L;
        tail = length < Words.BYTES ? 0 : Words.load(bytes, length - Words.BYTES);
    }

    static JsonKey of(String name) {
        return new JsonKey(('"' + name + "\":").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a document may have this name without escapes. */
    static boolean isPlain(String name) {
        return name.chars().allMatch(character -> character >= ' ' && character != '"' && character != '\\');
    }

    int length() {
        return bytes.length;
    }

    /** Whether these bytes are there; false as well where the document is about to end. */
    boolean isAt(byte[] document, int from, int to) {
        int length = bytes.length;
        if (to - from < Math.max(length, Words.BYTES) || (Words.load(document, from) & mask) != head) {
            return false;
        }
        return length <= Words.BYTES
                || (Words.load(document, from + length - Words.BYTES) == tail
                        && (length <= 2 * Words.BYTES
                                || Arrays.equals(bytes, 0, length, document, from, from + length)));
    }
}
