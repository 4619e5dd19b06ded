package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.Commits;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads that commit many times. */
@Conformance
class StreamTest {

    private static final Duration SOON = Duration.ofMillis(50);

    @Test
    void aStreamCommitsWhatComesAndEndsWhenStopped(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(2, 100);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .committingEvery(SOON)
                .start()) {
            numbers.append(1000);
            await().until(() -> database.count(table) == 1000);
            numbers.append(500);
            await().until(() -> database.count(table) == 1500);

            running.stop();
            TransferReport report = running.await();

            assertThat(report.rows()).isEqualTo(1500);
            assertThat(report.commits()).isGreaterThanOrEqualTo(2);
            assertThat(report.splits()).extracting(TransferReport.SplitPart::rows).containsExactly(750L, 750L);
        }
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("1500", "1500", "1499"));
    }

    @Test
    void aBatchClosesByRowsBeforeItsTime(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.bounded(1, 100).append(1000);

        TransferReport report = database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .committing(Commits.every(Duration.ofHours(1)).rows(100))
                .run();

        assertThat(report.rows()).isEqualTo(1000);
        assertThat(report.commits()).isEqualTo(10);
    }
}
