package io.mppconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FetchSizesTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void fewPartitionsAreFetchedInLargePieces() {
        assertThat(FetchSizes.of(32 * MEGABYTE, 2, 1, 8)).isEqualTo(new FetchSizes(16 * MEGABYTE, MEGABYTE));
        assertThat(FetchSizes.of(8 * MEGABYTE, 2, 2, 8)).isEqualTo(new FetchSizes(2 * MEGABYTE, MEGABYTE / 2));
    }

    @Test
    void manyPartitionsTakeNoMoreTogetherThanIsAllowed() {
        FetchSizes sizes = FetchSizes.of(32 * MEGABYTE, 2, 3, 1_000);

        assertThat(1_000L * sizes.ofPartition()).isBetween(15L * MEGABYTE, 16L * MEGABYTE);
    }

    @Test
    void eachPartitionHasRoomForABatch() {
        assertThat(FetchSizes.of(MEGABYTE, 4, 1, 10_000).ofPartition()).isEqualTo(16 * 1024);
    }
}
