package io.mppconnect.text;

/** Turns characters into UTF-8, one chunk after the other, in memory that it keeps. */
final class Utf8Chunks {

    private static final int CHUNK = 1024;

    private final char[] chars = new char[CHUNK];
    private final byte[] bytes = new byte[3 * CHUNK];
    private int length;

    /** The last chunk; its first {@link #length()} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Turns the characters from {@code from} on into one chunk.
     *
     * @return the index after the last character of the chunk; -1 when there is an unpaired surrogate in it
     */
    int next(CharSequence text, int from) {
        int count = Math.min(CHUNK, text.length() - from);
        if (text instanceof String string) {
            string.getChars(from, from + count, chars, 0);
        } else if (text instanceof CharView view) {
            view.copy(from, from + count, chars);
        } else {
            for (int i = 0; i < count; i++) {
                chars[i] = text.charAt(from + i);
            }
        }
        // A pair is not to be split between chunks.
        if (from + count < text.length() && Character.isHighSurrogate(chars[count - 1])) {
            count--;
        }
        return encode(count) ? from + count : -1;
    }

    private boolean encode(int count) {
        int ascii = 0;
        while (ascii < count && chars[ascii] < 0x80) {
            bytes[ascii] = (byte) chars[ascii];
            ascii++;
        }
        int at = ascii;
        for (int i = ascii; i < count; i++) {
            char c = chars[i];
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | c >> 6);
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                bytes[at++] = (byte) (0xE0 | c >> 12);
                bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                if (i + 1 == count || !Character.isSurrogatePair(c, chars[i + 1])) {
                    return false;
                }
                i++;
                int point = Character.toCodePoint(c, chars[i]);
                bytes[at++] = (byte) (0xF0 | point >> 18);
                bytes[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
                bytes[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (point & 0x3F));
            }
        }
        length = at;
        return true;
    }
}
