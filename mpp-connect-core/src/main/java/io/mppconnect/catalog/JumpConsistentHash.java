package io.mppconnect.catalog;

/**
 * Lamping and Veach's jump consistent hash (arXiv 1406.2294): a bucket for a key, such that few keys move when a bucket
 * is added.
 */
final class JumpConsistentHash {

    private static final long MULTIPLIER = 2862933555777941757L;

    private JumpConsistentHash() {}

    /** @param hash taken as unsigned */
    static int bucket(int hash, int buckets) {
        long key = Integer.toUnsignedLong(hash);
        long bucket = -1;
        long next = 0;
        while (next < buckets) {
            bucket = next;
            key = key * MULTIPLIER + 1;
            next = (long) ((bucket + 1) * ((double) (1L << 31) / (double) ((key >>> 33) + 1)));
        }
        return (int) bucket;
    }
}
