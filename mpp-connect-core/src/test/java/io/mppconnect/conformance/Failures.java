package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.spi.Source;

/** Loads that fail, and what is said of them. */
final class Failures {

    private Failures() {}

    /** What a load threw; null when it went well. */
    static MppConnectException of(MppCluster cluster, Source source, String table, TransferOptions options) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.transfer(options)
                        .from(source)
                        .into(Table.named(table))
                        .run());
    }

    /** What differs from run to run, a segment, a port, how the driver words a loss, is written as N and dots. */
    static void assertFailed(MppConnectException failure, ErrorCode code, String message) {
        assertThat(failure).isNotNull();
        String constant = failure.getMessage()
                .replaceAll("segment [0-3]\\)", "segment N)")
                .replaceAll("(gpfdist://[0-9.]+):\\d+", "$1:N")
                .replaceAll("went away \\(.*\\);", "went away (...);");
        assertThat(constant).isEqualTo(message);
        assertThat(failure.code()).isEqualTo(code);
    }
}
