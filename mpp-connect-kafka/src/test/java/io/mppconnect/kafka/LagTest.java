package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.CommitReport;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.conformance.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How far a stream is behind its topic. */
@WithKafka
class LagTest {

    private final List<CommitReport> commits = new CopyOnWriteArrayList<>();

    private RunningTransfer start(
            TestDatabase database, TestTopics topics, String topic, String table, Duration interval) {
        return database.cluster()
                .transfer(TransferOptions.defaults().listener(new TransferListener() {
                    @Override
                    public void committed(String name, CommitReport commit) {
                        commits.add(commit);
                    }
                }))
                .from(KafkaTopic.named(topic).bootstrap(topics.bootstrap()).value(bars()))
                .into(Table.named(table))
                .committingEvery(interval)
                .start();
    }

    private static Map<String, Long> behind(RunningTransfer running) {
        return running.progress().stream().orElseThrow().behind();
    }

    @Test
    void whatIsNotCommittedIsBehind(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(2);
        topics.appendNumbers(topic, 2, 0, 101);

        try (RunningTransfer running = start(database, topics, topic, table, Duration.ofHours(1))) {
            await().until(() -> behind(running).equals(Map.of(topic + "[0]", 51L, topic + "[1]", 50L)));
            assertThat(running.progress().stream().orElseThrow().totalBehind()).hasValue(101);
        }
    }

    @Test
    void nothingIsBehindWhenAllIsCommitted(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(2);
        topics.appendNumbers(topic, 2, 0, 100);

        try (RunningTransfer running = start(database, topics, topic, table, Duration.ofMillis(50))) {
            await().until(() -> behind(running).equals(Map.of(topic + "[0]", 0L, topic + "[1]", 0L)));
            topics.appendNumbers(topic, 2, 100, 100);
            await().until(() -> database.count(table) == 200);
            running.stop();
            running.await();
        }

        assertThat(commits.get(commits.size() - 1).totalBehind()).isEqualTo(OptionalLong.of(0));
    }
}
