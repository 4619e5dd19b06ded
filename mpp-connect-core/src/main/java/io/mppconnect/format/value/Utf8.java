package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.text.Words;

/** Tells UTF-8 from other bytes. */
public final class Utf8 {

    private static final long HIGH_BITS = Words.spread(0x80);
    private static final int NONE = -1;

    private Utf8() {}

    /** Where the first byte is that is NUL or begins no character; -1 when all is text. */
    static int firstNoText(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            if (to - at >= Words.BYTES) {
                long word = Words.load(bytes, at);
                long match = (word & HIGH_BITS) | Words.below(word, 1);
                if (match == 0) {
                    at += Words.BYTES;
                    continue;
                }
                at += Words.index(match);
            }
            int next = bytes[at] > 0 ? at + 1 : after(bytes, at, to);
            if (next < 0 || bytes[at] == 0) {
                return at;
            }
            at = next;
        }
        return NONE;
    }

    /**
     * Makes sure that a part of a record is text.
     *
     * @param start where the record begins
     */
    public static void check(byte[] bytes, int from, int to, int start) throws BadRecordException {
        int bad = firstNoText(bytes, from, to);
        if (bad >= 0) {
            String what = bytes[bad] == 0 ? "a NUL character, which the database cannot hold," : "malformed UTF-8";
            throw new BadRecordException(what + " at byte " + (bad - start));
        }
    }

    /** Where the character that begins here ends; -1 when none does. */
    public static int after(byte[] bytes, int at, int to) {
        int first = bytes[at];
        if (first >= 0) {
            return at + 1;
        }
        int second = at + 1 < to ? bytes[at + 1] & 0xFF : 0;
        if (first < (byte) 0xC2 || second < 0x80 || second > 0xBF) {
            return NONE;
        }
        if (first < (byte) 0xE0) {
            return at + 2;
        }
        if (!continues(bytes, at + 2, to)) {
            return NONE;
        }
        if (first < (byte) 0xF0) {
            boolean tooLong = first == (byte) 0xE0 && second < 0xA0;
            boolean surrogate = first == (byte) 0xED && second > 0x9F;
            return tooLong || surrogate ? NONE : at + 3;
        }
        boolean tooLong = first == (byte) 0xF0 && second < 0x90;
        boolean beyond = first > (byte) 0xF4 || (first == (byte) 0xF4 && second > 0x8F);
        return tooLong || beyond || !continues(bytes, at + 3, to) ? NONE : at + 4;
    }

    private static boolean continues(byte[] bytes, int at, int to) {
        return at < to && (bytes[at] & 0xC0) == 0x80;
    }
}
