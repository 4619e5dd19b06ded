package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.conformance.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics that are read to an end. */
@WithKafka
class BoundedTopicTest {

    private static TransferReport load(TestDatabase database, KafkaTopic source, String table) {
        return database.cluster()
                .transfer()
                .from(source)
                .into(Table.named(table))
                .run();
    }

    @Test
    void allThatIsThereIsReadInOneCommit(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(3);
        topics.appendNumbers(topic, 3, 0, 3_000);

        TransferReport report = load(
                database,
                KafkaTopic.named(topic).bootstrap(topics.bootstrap()).value(bars()).untilEnd(),
                table);

        assertThat(report.rows()).isEqualTo(3_000);
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("3000", "3000", "2999"));
    }

    @Test
    void anEmptyTopicEndsAtOnce(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(2);

        assertThat(load(
                                database,
                                KafkaTopic.named(topic)
                                        .bootstrap(topics.bootstrap())
                                        .value(bars())
                                        .untilEnd(),
                                table)
                        .rows())
                .isZero();
    }
}
