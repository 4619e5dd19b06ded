package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import org.junit.jupiter.api.Test;

class RowLimitTest {

    @Test
    void namesTheOptionThatRaisesIt() {
        assertThat(RowLimit.transfer(DataSize.ofKilobytes(64)).exceeded("a.csv, at or after record 3"))
                .hasMessage("Cannot send a row of a.csv, at or after record 3: it is longer than 64 kB; raise"
                        + " TransferOptions.maxRow")
                .extracting("code")
                .isEqualTo(ErrorCode.BAD_DATA);
        assertThat(RowLimit.exposure(DataSize.ofMegabytes(1)).exceeded("a split"))
                .hasMessage("Cannot send a row of a split: it is longer than 1 MB; raise ExposureOptions.maxRow");
    }

    @Test
    void blocksDoubleUpToIt() {
        RowLimit limit = RowLimit.transfer(100);

        assertThat(limit.grown(30, 40)).isEqualTo(60);
        assertThat(limit.grown(30, 90)).isEqualTo(90);
        assertThat(limit.grown(80, 90)).isEqualTo(100);
        assertThat(limit.allows(100)).isTrue();
        assertThat(limit.allows(101)).isFalse();
    }
}
