package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.transfer.block.LineRanges.Range;
import org.junit.jupiter.api.Test;

class LineRangesTest {

    @Test
    void joinsWhatLiesSideBySide() {
        LineRanges ranges = new LineRanges();
        ranges.add(1, 100);
        ranges.add(1_000_000_000_001L, 1_000_000_000_050L);
        ranges.add(500_000, 500_100);
        ranges.add(101, 200);
        ranges.add(203, 300);
        ranges.add(500_101, 500_101);

        assertThat(ranges.all())
                .containsExactly(
                        new Range(1, 300),
                        new Range(500_000, 500_101),
                        new Range(1_000_000_000_001L, 1_000_000_000_050L));
    }
}
