package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentMapTest {

    private static final Segment COORDINATOR = new Segment(1, -1, true, true, "cdw", "cdw", 5432);
    private static final Segment STANDBY = new Segment(8, -1, false, true, "scdw", "scdw", 5432);
    private static final Segment PRIMARY_0 = new Segment(2, 0, true, true, "sdw1", "10.0.0.1", 6000);
    private static final Segment MIRROR_0 = new Segment(3, 0, false, true, "sdw2", "10.0.0.2", 7000);
    private static final Segment PROMOTED_1 = new Segment(5, 1, true, true, "sdw1", "10.0.0.1", 7000);
    private static final Segment FAILED_1 = new Segment(4, 1, false, false, "sdw2", "10.0.0.2", 6000);
    private static final Segment DOWN_2 = new Segment(6, 2, true, false, "sdw3", "10.0.0.3", 6000);

    private static final SegmentMap MAP =
            new SegmentMap(List.of(COORDINATOR, STANDBY, PRIMARY_0, MIRROR_0, PROMOTED_1, FAILED_1, DOWN_2), "UTF8");

    @Test
    void primariesAreTheSegmentsThatServeNow() {
        assertThat(MAP.segments()).hasSize(7);
        assertThat(MAP.primaries()).containsExactly(PRIMARY_0, PROMOTED_1);
        assertThat(MAP.primary(1)).isEqualTo(PROMOTED_1);
    }

    @Test
    void aPartThatNothingServesIsNotFound() {
        assertThatThrownBy(() -> MAP.primary(2))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot find segment 2: none of the 2 primaries that are up has it");
        assertThatThrownBy(() -> MAP.primary(-1))
                .hasMessage("Cannot find segment -1: none of the 2 primaries that are up has it");
    }
}
