package io.mppconnect.samples.quickstart;

import java.util.List;
import java.util.Locale;

/**
 * What some rows add up to, in whatever order they come: their number, and the sum of a 64-bit hash of each row's
 * values. A row lost, doubled or changed in any value changes it.
 */
record Checksum(long rows, long sum) {

    static final Checksum NONE = new Checksum(0, 0);

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Ends a value; no value holds it. */
    private static final char END_OF_VALUE = '\0';

    Checksum plusRow(List<String> values) {
        return new Checksum(rows + 1, sum + hash(values));
    }

    Checksum plus(Checksum other) {
        return new Checksum(rows + other.rows, sum + other.sum);
    }

    private static long hash(List<String> values) {
        long hash = FNV_OFFSET;
        for (String value : values) {
            for (int i = 0; i < value.length(); i++) {
                hash = (hash ^ value.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ END_OF_VALUE) * FNV_PRIME;
        }
        return scattered(hash);
    }

    /** Lets every bit depend on every other: sums of bare hashes of similar rows could meet. */
    private static long scattered(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x of %d rows", sum, rows);
    }
}
