package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferOptionsTest {

    @Test
    void hasDocumentedDefaults() {
        TransferOptions options = TransferOptions.defaults();

        assertThat(options.name()).isEqualTo("transfer");
        assertThat(options.memory()).isEqualTo(DataSize.ofMegabytes(32));
        assertThat(options.maxRow()).isEqualTo(DataSize.ofMegabytes(128));
        assertThat(options.parallelism()).isGreaterThanOrEqualTo(2);
        assertThat(options.timeout()).isEmpty();
        assertThat(options.reachTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.settings()).isEmpty();
    }

    @Test
    void eachOptionChangesACopy() {
        TransferOptions changed = TransferOptions.defaults()
                .name("orders")
                .memory(DataSize.ofMegabytes(2))
                .maxRow(DataSize.ofKilobytes(300))
                .parallelism(4)
                .timeout(Duration.ofSeconds(5))
                .reachTimeout(Duration.ofSeconds(6))
                .setting("DateStyle", "ISO, DMY");

        assertThat(changed.name()).isEqualTo("orders");
        assertThat(changed.memory()).hasToString("2 MB");
        assertThat(changed.maxRow()).hasToString("300 kB");
        assertThat(changed.parallelism()).isEqualTo(4);
        assertThat(changed.timeout()).contains(Duration.ofSeconds(5));
        assertThat(changed.reachTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(changed.settings()).containsEntry("DateStyle", "ISO, DMY");
        assertThat(TransferOptions.defaults().name()).isEqualTo("transfer");
    }

    @Test
    void refusesWhatCannotWork() {
        TransferOptions options = TransferOptions.defaults();

        assertThatThrownBy(() -> options.memory(DataSize.ofKilobytes(512)))
                .hasMessage("Invalid memory: 512 kB; a transfer needs at least 1 MB");
        assertThatThrownBy(() -> options.maxRow(DataSize.ofMegabytes(2000)))
                .hasMessage("Invalid longest row: 2.0 GB; it must be from 64 kB to 1 GB");
        assertThatThrownBy(() -> options.maxRow(DataSize.ofKilobytes(63)))
                .hasMessage("Invalid longest row: 63 kB; it must be from 64 kB to 1 GB");
        assertThatThrownBy(() -> options.parallelism(0))
                .hasMessage("Invalid parallelism: 0; it must be from 1 to 1024");
        assertThatThrownBy(() -> options.timeout(Duration.ZERO))
                .hasMessage("Invalid timeout: PT0S; it must be longer than nothing");
        assertThatThrownBy(() -> options.reachTimeout(Duration.ofSeconds(-1)))
                .hasMessage("Invalid reach timeout: PT-1S; it must be longer than nothing");
        assertThatThrownBy(() -> DataSize.ofBytes(-1)).hasMessage("Invalid data size: -1 bytes");
    }
}
