package io.mppconnect.text;

import java.util.stream.IntStream;

/** Copies what stands for itself in a format, eight bytes at once. */
final class OrdinaryBytes {

    /** Of the characters before this one any may need an action; from it on three at most do. */
    private static final int CONTROL = 14;

    private final long first;
    private final long second;
    private final long third;

    /** For a format that has an action for each byte that does not stand for itself, and 0 for the others. */
    OrdinaryBytes(byte[] actions) {
        IntStream special = IntStream.range(CONTROL, actions.length).filter(character -> actions[character] != 0);
        int[] padded = IntStream.concat(special, IntStream.of(0, 0, 0)).toArray();
        this.first = Words.spread(padded[0]);
        this.second = Words.spread(padded[1]);
        this.third = Words.spread(padded[2]);
    }

    /**
     * Copies bytes, and returns how many there are before the first one that is to be looked at by itself. Bytes after them
     * may be written too, but none where less than eight have room.
     */
    int copy(byte[] source, int from, int to, byte[] target, int position) {
        int length = to - from;
        if (length < Words.BYTES) {
            if (source.length - from < Words.BYTES || target.length - position < Words.BYTES) {
                return 0;
            }
            long word = Words.load(source, from);
            Words.store(target, position, word);
            return Words.index(special(word) | Words.end(length));
        }
        for (int next = 0; next < length; next += Words.BYTES) {
            // The last word overlaps the one before, of which it copies nothing new.
            next = Math.min(next, length - Words.BYTES);
            long word = Words.load(source, from + next);
            Words.store(target, position + next, word);
            long match = special(word);
            if (match != 0) {
                return next + Words.index(match);
            }
        }
        return length;
    }

    /** Some sign bits, the lowest that of the first byte that may need an action. */
    private long special(long word) {
        return Words.below(word, CONTROL)
                | Words.below(word ^ first, 1)
                | Words.below(word ^ second, 1)
                | Words.below(word ^ third, 1);
    }
}
