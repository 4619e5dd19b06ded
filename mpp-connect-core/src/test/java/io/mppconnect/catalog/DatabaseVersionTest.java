package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseVersionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PostgreSQL 8.3.23 (Greenplum Database 5.20.0 build commit:459b837194a28ab2f32305a6b32080ce20100b7c) on x86_64-pc-linux-gnu, compiled by GCC gcc (GCC) 6.2.0, 64-bit | GREENPLUM | 5.20.0 | 5 | 80323
            PostgreSQL 9.4.26 (Greenplum Database 6.24.3 build commit:25d3498a400ca5230e81abb94861f23389315213) on x86_64-unknown-linux-gnu, compiled by gcc (Debian 12.2.0-14+deb12u1) 12.2.0, 64-bit | GREENPLUM | 6.24.3 | 6 | 90426
            PostgreSQL 12.12 (Greenplum Database 7.1.0 build commit:e7c2b1f14bb42a1018ac57d14f4436880e0a0515) on x86_64-pc-linux-gnu | GREENPLUM | 7.1.0 | 7 | 120012
            PostgreSQL 9.4.26 (Greenplum Database 6.27.5-WHPG build dev) on x86_64-pc-linux-gnu, compiled by gcc (GCC) 6.4.0, 64-bit compiled on Nov 15 2024 WarehousePG | GREENPLUM | 6.27.5 | 6 | 90426
            PostgreSQL 12.12 (WarehousePG 7.2.1-WHPG build dev) on x86_64-pc-linux-gnu | GREENPLUM | 7.2.1 | 7 | 120012
            PostgreSQL 9.4.26 (Greengage Database 6.26.35_arenadata53 build 2625.gitac00af7.el7) on x86_64-unknown-linux-gnu | GREENGAGE | 6.26.35 | 6 | 90426
            PostgreSQL 12.22 (Greengage Database 7.3.0+dev.840.g53480a5ef6 build 240+git53480a5) on x86_64-pc-linux-gnu | GREENGAGE | 7.3.0 | 7 | 120022
            PostgreSQL 14.4 (Cloudberry Database 1.6.0 build dev) on x86_64-pc-linux-gnu | CLOUDBERRY | 1.6.0 | 1 | 140004
            PostgreSQL 14.4 (Apache Cloudberry 2.0.0-incubating build 1) on aarch64-unknown-linux-gnu | CLOUDBERRY | 2.0.0 | 2 | 140004
            PostgreSQL 12.22 on x86_64-pc-linux-gnu, compiled by gcc (Debian 10.2.1-6) 10.2.1, 64-bit | POSTGRESQL | 12.22 | 12 | 120022
            PostgreSQL 13.7, compiled by Visual C++ build 1914, 64-bit | POSTGRESQL | 13.7 | 13 | 130007
            PostgreSQL 14.20 (Ubuntu 14.20-0ubuntu0.22.04.1) on x86_64-pc-linux-gnu | POSTGRESQL | 14.20 | 14 | 140020
            PostgreSQL 15.19 (Debian 15.19-1.pgdg120+1) on x86_64-pc-linux-gnu | POSTGRESQL | 15.19 | 15 | 150019
            PostgreSQL 16.15 - Percona Server for PostgreSQL 16.15.1 on x86_64-pc-linux-gnu | POSTGRESQL | 16.15 | 16 | 160015
            PostgreSQL 17.11 on aarch64-apple-darwin23.6.0 | POSTGRESQL | 17.11 | 17 | 170011
            PostgreSQL 18beta1 on x86_64-pc-linux-gnu | POSTGRESQL | 18 | 18 | 180000
            PostgreSQL 18.6 on x86_64-pc-linux-gnu | POSTGRESQL | 18.6 | 18 | 180006
            """)
    void tellsTheFamilies(String text, DatabaseFamily family, String number, int major, int postgres) {
        assertThat(DatabaseVersion.parse(text)).isEqualTo(new DatabaseVersion(family, number, major, postgres, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostgreSQL 8.2.15 (Greenplum Database 4.3.99.00 build 1) on x86_64-unknown-linux-gnu",
                "PostgreSQL 8.2.15 (Greenplum Database 4.2.0 build 1) (HAWQ 2.4.0.0 build dev) on x86_64-pc-linux-gnu",
                "PostgreSQL 16.1 (Greenplum Database 8.0.0 build dev) on x86_64-pc-linux-gnu",
                "PostgreSQL 9.4.26 (Greengage Database 5.0.0 build dev) on x86_64-pc-linux-gnu",
                "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.12103",
                "PostgreSQL 14.8 (EnterpriseDB Advanced Server 14.8.0) on x86_64-pc-linux-gnu",
                "PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu",
                "PostgreSQL 13.14.0-RisingWave-2.0.0 (abc)",
                "PostgreSQL 11.22 on x86_64-pc-linux-gnu",
                "PostgreSQL 9.6.24 on x86_64-pc-linux-gnu",
                "CockroachDB CCL v23.1.0 (x86_64-pc-linux-gnu, built 2023/05/15)",
                "8.0.36"
            })
    void refusesAllOthers(String text) {
        assertThatThrownBy(() -> DatabaseVersion.parse(text))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_DATABASE))
                .hasMessage("Cannot use this database: " + text + "; supported are Greenplum 5, 6 and 7, Greengage 6"
                        + " and 7, Apache Cloudberry and PostgreSQL 12 or later");
    }

    @Test
    void showsNoMoreThanTheBeginningOfWhatItRefuses() {
        assertThatThrownBy(() -> DatabaseVersion.parse("x".repeat(500)))
                .hasMessage("Cannot use this database: " + "x".repeat(200) + "; supported are Greenplum 5, 6 and 7,"
                        + " Greengage 6 and 7, Apache Cloudberry and PostgreSQL 12 or later");
    }

    @Test
    void isWrittenAsPeopleDo() {
        DatabaseVersion version =
                DatabaseVersion.parse("PostgreSQL 14.4 (Apache Cloudberry 2.0.0-incubating build 1) on aarch64");

        assertThat(version).hasToString("Apache Cloudberry 2.0.0");
        assertThat(version.hasSegments()).isTrue();
        assertThat(DatabaseVersion.parse("PostgreSQL 17.2 on x86_64").hasSegments())
                .isFalse();
    }
}
