package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.asText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferOptions;
import io.mppconnect.conformance.TestDatabase;
import java.util.List;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However an unload ends, readers of committed records see all of its rows or none. */
@WithKafka
class AllOrNothingTest {

    private static final int PARTITIONS = 2;
    private static final int ROWS = 20_000;
    private static final int PASSING = 8_000;

    private TestDatabase database;
    private TestTopics topics;
    private String table;
    private String topic;

    @BeforeEach
    void makeRows(TestDatabase database, TestTopics topics) {
        this.database = database;
        this.topics = topics;
        table = database.table("id int DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " SELECT i FROM generate_series(1, " + ROWS + ") i");
        topic = topics.create(PARTITIONS);
    }

    private RunningTransfer start(TransferOptions options, String sql, KafkaTarget target) {
        return database.cluster()
                .transfer(options)
                .from(Query.sql(sql))
                .into(target.bootstrap(topics.bootstrap()))
                .start();
    }

    private RunningTransfer start(KafkaTarget target) {
        return start(TransferOptions.defaults(), "SELECT id FROM " + table, target);
    }

    private static MppConnectException failure(RunningTransfer running) {
        return catchThrowableOfType(MppConnectException.class, running::await);
    }

    /** Nothing of it is seen, though some of it was there, and the next unload is not held up. */
    private void assertNothingIsSeen() {
        assertThat(topics.appended(topic, PARTITIONS)).isPositive();
        assertThat(topics.committed(topic)).isEmpty();
        assertThat(start(KafkaTarget.topic(topic).value(asText("id"))).await().rows())
                .isEqualTo(ROWS);
        assertThat(topics.committed(topic)).hasSize(ROWS);
    }

    private void awaitRecords() {
        await().until(() -> topics.appended(topic, PARTITIONS) > 0);
    }

    @Test
    void aRowThatCannotBeARecordUndoesAll() {
        GatedEncoding gated = new GatedEncoding(PASSING);
        RunningTransfer running = start(KafkaTarget.topic(topic).value(gated));
        gated.awaitGate();
        awaitRecords();

        gated.fail();

        MppConnectException failure = failure(running);
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure.getMessage())
                .matches("Cannot write row \\d+ of segment \\d to topic " + topic + " as gated text: the test says so");
        assertNothingIsSeen();
    }

    @Test
    void aCancelUndoesAll() {
        GatedEncoding gated = new GatedEncoding(PASSING);
        RunningTransfer running = start(KafkaTarget.topic(topic).value(gated));
        gated.awaitGate();
        awaitRecords();

        running.cancel();

        assertThat(failure(running).code()).isEqualTo(ErrorCode.CANCELLED);
        assertNothingIsSeen();
    }

    @Test
    void aStatementThatFailsAfterAllRowsWereSentUndoesAll() {
        RunningTransfer running = start(
                TransferOptions.defaults().after("SELECT 1 / 0"),
                "SELECT id FROM " + table,
                KafkaTarget.topic(topic).value(asText("id")));

        assertThat(failure(running)).hasMessageContaining("division by zero");
        assertThat(topics.appended(topic, PARTITIONS)).isGreaterThanOrEqualTo(ROWS);
        assertNothingIsSeen();
    }

    @Test
    void rowsAreSeenWhenTheTransferEndsAndNotBefore() {
        GatedEncoding gated = new GatedEncoding(PASSING);
        RunningTransfer running = start(KafkaTarget.topic(topic).value(gated));
        gated.awaitGate();
        awaitRecords();
        assertThat(topics.visible(topic, PARTITIONS)).isZero();

        gated.open();

        assertThat(running.await().rows()).isEqualTo(ROWS);
        assertThat(topics.committed(topic)).hasSize(ROWS);
    }

    @Test
    void aTransactionThatTakesTooLongFailsTheTransfer() {
        GatedEncoding gated = new GatedEncoding(100);
        RunningTransfer running = start(KafkaTarget.topic(topic)
                .value(gated)
                .property("transaction.timeout.ms", "1000")
                .property("transactional.id", topic));
        gated.awaitGate();
        awaitRecords();
        awaitState(TransactionState.COMPLETE_ABORT);

        gated.open();

        MppConnectException failure = failure(running);
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure)
                .hasMessage(
                        "Cannot write topic " + topic + ": its brokers have aborted the transaction, which took longer"
                                + " than 1000 ms; raise their transaction.max.timeout.ms and the property"
                                + " transaction.timeout.ms, or unload less at once");
        assertNothingIsSeen();
    }

    private void awaitState(TransactionState state) {
        await().until(() -> topics.administer(admin -> admin.describeTransactions(List.of(topic))
                                .description(topic)
                                .get())
                        .state()
                == state);
    }

    @Test
    void aTransactionalIdIsTheLatestRuns() {
        GatedEncoding gated = new GatedEncoding(PASSING);
        RunningTransfer earlier = start(KafkaTarget.topic(topic).value(gated).property("transactional.id", topic));
        gated.awaitGate();
        awaitRecords();

        assertThat(start(KafkaTarget.topic(topic).value(asText("id")).property("transactional.id", topic))
                        .await()
                        .rows())
                .isEqualTo(ROWS);
        gated.open();

        MppConnectException failure = failure(earlier);
        assertThat(failure.code()).isEqualTo(ErrorCode.FENCED);
        assertThat(failure)
                .hasMessage("Cannot write topic " + topic + ": its brokers have ended the transaction; another producer"
                        + " uses the transactional id " + topic + ", give each its own");
        assertThat(topics.committed(topic)).hasSize(ROWS);
    }
}
