package io.mppconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions whose brokers do not answer, of a broker of its own. */
@WithKafka
class TopicTransactionTest {

    private static EmbeddedKafka broker;
    private static TestTopics topics;
    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.started();
        topics = new TestTopics(broker.bootstrap());
        // The first transaction of a broker waits until the topic is made that it keeps them in.
        topics.inTransaction(topics.create(1), "first");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopic() {
        topic = topics.create(1);
    }

    /** One whose record is on the broker. */
    private TopicTransaction settled(ProducerSettings settings) throws InterruptedException {
        TopicTransaction transaction = new TopicTransaction(topic, settings.bootstrap(topics.bootstrap()));
        transaction.begin();
        transaction.send(null, TestTopics.bytes("one"));
        transaction.settle();
        return transaction;
    }

    @Test
    void aCommitThatIsInterruptedMayBeMade() throws Exception {
        try (TopicTransaction transaction = settled(ProducerSettings.NONE)) {
            Thread.currentThread().interrupt();

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, transaction::commit);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(failure)
                    .hasMessage("Cannot tell whether topic " + topic + " has got the rows: its brokers did not say so"
                            + " (Received interrupt while awaiting EndTxn(true)); look into the topic before you"
                            + " run it again");
        }
    }

    @Test
    void aCommitThatNobodyAnswersMayBeMade() throws Exception {
        ProducerSettings impatient =
                ProducerSettings.NONE.properties(Map.of("transaction.timeout.ms", 4_000, "max.block.ms", 4_000));
        try (TopicTransaction transaction = settled(impatient)) {
            broker.stop();

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, transaction::commit);

            assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(failure)
                    .hasMessage("Cannot tell whether topic " + topic + " has got the rows: its brokers did not say so"
                            + " (Timeout expired after 4000ms while awaiting EndTxn(true). CommitTransaction timed out -"
                            + " did not complete EndTxn with the transaction coordinator within max.block.ms); look into"
                            + " the topic before you run it again");
        } finally {
            broker.start();
        }
    }

    @Test
    @Timeout(30) // The client by itself waits for a minute.
    void anAbortDoesNotWaitForBrokersThatAreAway() throws Exception {
        TopicTransaction transaction = settled(ProducerSettings.NONE);
        broker.stop();
        try {
            assertThatCode(transaction::close).doesNotThrowAnyException();
        } finally {
            broker.start();
        }
    }

    @Test
    @Timeout(60)
    void anUnloadThatIsCancelledWhileBrokersAreAwayIsNeverSeen(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " SELECT i FROM generate_series(1, 20000) i");
        GatedEncoding gated = new GatedEncoding(8_000);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(Table.named(table))
                .into(KafkaTarget.topic(topic)
                        .bootstrap(topics.bootstrap())
                        .value(gated)
                        .property("transaction.timeout.ms", 4_000))
                .start()) {
            gated.awaitGate();
            await().until(() -> topics.appended(topic, 1) > 0);
            broker.stop();
            try {
                running.cancel();

                assertThat(catchThrowableOfType(MppConnectException.class, running::await)
                                .code())
                        .isEqualTo(ErrorCode.CANCELLED);
            } finally {
                broker.start();
            }
        }
        assertThat(topics.committed(topic)).isEmpty();
    }
}
