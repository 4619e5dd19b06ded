package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExposureOptionsTest {

    @Test
    void defaults() {
        ExposureOptions options = ExposureOptions.defaults();

        assertThat(options.name()).isEqualTo("exposure");
        assertThat(options.memory()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(options.maxRow()).isEqualTo(DataSize.ofMegabytes(128));
        assertThat(options.parallelism()).isGreaterThanOrEqualTo(2);
        assertThat(options.scans()).isEqualTo(16);
        assertThat(options.patience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.reachTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void changesAreMadeInACopy() {
        ExposureOptions changed = ExposureOptions.defaults()
                .name("sales")
                .memory(DataSize.ofMegabytes(2))
                .maxRow(DataSize.ofMegabytes(1))
                .parallelism(3)
                .scans(4)
                .patience(Duration.ofSeconds(5))
                .reachTimeout(Duration.ofSeconds(6));

        assertThat(changed.name()).isEqualTo("sales");
        assertThat(changed.memory()).isEqualTo(DataSize.ofMegabytes(2));
        assertThat(changed.maxRow()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(changed.parallelism()).isEqualTo(3);
        assertThat(changed.scans()).isEqualTo(4);
        assertThat(changed.patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.reachTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(ExposureOptions.defaults().scans()).isEqualTo(16);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        ExposureOptions options = ExposureOptions.defaults();

        assertThatThrownBy(() -> options.scans(0)).hasMessage("Invalid number of scans: 0; it must be from 1 to 1000");
        assertThatThrownBy(() -> options.patience(Duration.ZERO))
                .hasMessage("Invalid patience: PT0S; it must be from 1 s to 24 hours");
        assertThatThrownBy(() -> options.memory(DataSize.ofBytes(1)))
                .hasMessage("Invalid memory: 1 B; a transfer needs at least 1 MB");
        assertThatThrownBy(() -> options.parallelism(0))
                .hasMessage("Invalid parallelism: 0; it must be from 1 to 1024");
    }
}
