package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {

    @ParameterizedTest
    @CsvSource({
        "orders.csv, NONE",
        "orders.csv.gz, GZIP",
        "ORDERS.CSV.GZ, GZIP",
        "orders.bz2, BZIP2",
        "orders.zst, ZSTD",
        "ORDERS.ZST, ZSTD",
        "orders.gz.csv, NONE",
        "gz, NONE"
    })
    void theEndOfTheNameTells(String name, Compression compression) {
        assertThat(Compression.ofName(name)).isEqualTo(compression);
    }
}
