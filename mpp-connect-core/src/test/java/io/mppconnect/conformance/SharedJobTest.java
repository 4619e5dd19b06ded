package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Jobs that several run at once, of a source that they share. */
@Conformance
class SharedJobTest {

    private static RunningTransfer start(TestDatabase database, NumberStream source, String table, String job) {
        return database.cluster()
                .transfer()
                .from(source)
                .into(Table.named(table))
                .exactlyOnce(job)
                .committing(Commits.every(Duration.ofMillis(20)).rows(200))
                .start();
    }

    @Test
    void rowsThatTwoHaveReadAreCommittedByOne(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String job = "shared-" + UUID.randomUUID();
        NumberStream numbers = NumberStream.unbounded(2, 50).shared();
        try (RunningTransfer first = start(database, numbers, table, job);
                RunningTransfer second = start(database, numbers, table, job)) {
            for (int i = 0; i < 5; i++) {
                numbers.append(200);
                long rows = 200L * (i + 1);
                await().until(() -> database.count(table) >= rows);
            }
            first.stop();
            second.stop();

            assertThat(first.await().rows() + second.await().rows()).isEqualTo(1_000);
        }
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("1000", "1000", "999"));
        assertThat(database.cluster().job(job).info().orElseThrow()).satisfies(info -> {
            assertThat(info.rows()).isEqualTo(1_000);
            assertThat(info.epoch()).isEqualTo(1);
            assertThat(info.runner()).isEqualTo("several at once");
        });
        assertThat(numbers.left()).isEqualTo(2);
    }

    @Test
    void aResetEndsAllWhoRunIt(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String job = "shared-" + UUID.randomUUID();
        NumberStream numbers = NumberStream.unbounded(1, 50).shared().append(50);
        try (RunningTransfer first = start(database, numbers, table, job)) {
            await().until(() -> database.count(table) == 50);
            database.cluster().job(job).reset();
            numbers.append(50);

            assertThat(catchThrowableOfType(MppConnectException.class, first::await))
                    .hasMessage(
                            "Cannot commit for job " + job + ": its positions were changed; run a job in one place at"
                                    + " a time, give each runner a job of its own, or have all of them share its source,"
                                    + " as by KafkaTopic.sharedBy")
                    .extracting(MppConnectException::code)
                    .isEqualTo(ErrorCode.FENCED);
        }
        assertThat(database.count(table)).isEqualTo(50);
    }

    @Test
    void whoJoinsTakesItOverFromARunnerAlone(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String job = "shared-" + UUID.randomUUID();
        NumberStream alone = NumberStream.unbounded(1, 50).append(50);
        NumberStream shared = NumberStream.unbounded(1, 50).shared().append(100);
        try (RunningTransfer first = start(database, alone, table, job)) {
            await().until(() -> database.count(table) == 50);
            try (RunningTransfer second = start(database, shared, table, job)) {
                await().until(() -> database.count(table) == 100);
                alone.append(100);

                assertThat(catchThrowableOfType(MppConnectException.class, first::await)
                                .code())
                        .isEqualTo(ErrorCode.FENCED);
                second.stop();
                second.await();
            }
        }
        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of("100", "100"));
    }
}
