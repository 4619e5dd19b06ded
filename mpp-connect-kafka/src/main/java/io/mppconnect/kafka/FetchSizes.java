package io.mppconnect.kafka;

/**
 * How much a consumer fetches. It asks for more of a partition when it holds nothing of that one any more, however much it
 * holds of the others: so it may hold as much as all of its partitions may together, and twice that, for an answer stays in
 * memory as long as it holds anything of it.
 *
 * @param atOnce what one broker may give at once
 * @param ofPartition what it may give of one partition; a batch that is longer comes all the same, but no other with it
 */
record FetchSizes(int atOnce, int ofPartition) {

    /** As long as most producers' batches may get. */
    private static final int LEAST_OF_PARTITION = 16 * 1024;

    private static final int MOST_OF_PARTITION = 1024 * 1024;

    /** Of a consumer that fetches nothing. */
    static final FetchSizes NONE = new FetchSizes(LEAST_OF_PARTITION, LEAST_OF_PARTITION);

    /**
     * @param bytes what all consumers may hold together
     * @param partitions what all of them read
     */
    static FetchSizes of(long bytes, int consumers, int brokers, int partitions) {
        long atOnce = Math.max(1, Math.min(bytes / consumers / brokers, Integer.MAX_VALUE));
        long share = Math.min(atOnce / 4, bytes / 2 / Math.max(1, partitions));
        return new FetchSizes((int) atOnce, (int) Math.max(LEAST_OF_PARTITION, Math.min(MOST_OF_PARTITION, share)));
    }
}
