package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.asText;
import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What access control lists do not allow is told before a row moves. */
@WithKafka
class DeniedTest {

    private TestDatabase database;
    private TestTopics topics;
    private EmbeddedKafka broker;
    private String topic;
    private String table;

    @BeforeEach
    void makeTopic(TestDatabase database, TestTopics topics, EmbeddedKafka broker) {
        this.database = database;
        this.topics = topics;
        this.broker = broker;
        table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        topic = topics.create(2);
        topics.append(topic, "1|one", "no bars");
    }

    private KafkaTopic source(String first, String... others) {
        return KafkaTopic.named(first, others)
                .bootstrap(broker.guardedBootstrap())
                .properties(EmbeddedKafka.guest())
                .value(bars("id", "name"));
    }

    private KafkaTarget target() {
        return KafkaTarget.topic(topic)
                .bootstrap(broker.guardedBootstrap())
                .properties(EmbeddedKafka.guest())
                .value(asText("a"));
    }

    private void assertNotLoaded(KafkaTopic source, ErrorCode code, String message) {
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(source)
                .into(Table.named(table))
                .exactlyOnce(table)
                .start()) {
            assertFails(running, code, message);
        }
        assertThat(database.count(table)).isZero();
    }

    private void assertNotUnloaded(KafkaTarget target, ErrorCode code, String message) {
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(Query.sql("SELECT 1 AS a"))
                .into(target)
                .start()) {
            assertFails(running, code, message);
        }
        assertThat(topics.appended(topic, 2)).isEqualTo(2);
    }

    private static void assertFails(RunningTransfer running, ErrorCode code, String message) {
        MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);
        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void aTopicThatMayNotBeSeen() {
        assertNotLoaded(
                source(topic),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read topic " + topic + ": this user may not read " + topic + "; grant Read on it");
    }

    @Test
    void aTopicThatMayBeSeenAndNotRead() {
        String other = topics.create(1);
        topics.append(other, "3|three");
        topics.allow(ResourceType.TOPIC, other, AclOperation.READ);
        topics.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE);

        assertNotLoaded(
                source(topic, other),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read " + source(topic, other) + ": this user may not read " + topic + "; grant Read on it");
    }

    @Test
    void aTopicThatMayBeRead() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        topics.appendTo(topic, 1, List.of("2|two"));

        database.cluster()
                .transfer()
                .from(source(topic).partitions(1).untilEnd())
                .into(Table.named(table))
                .exactlyOnce(table)
                .run();

        assertThat(database.count(table)).isOne();
    }

    @Test
    void aGroupThatMayNotBeSeen() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);

        assertNotLoaded(
                source(topic).sharedBy("unseen"),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read topic " + topic + " for group unseen: this user may not; grant Read on the group");
    }

    @Test
    void aGroupThatMayBeSeenAndNotJoined() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        topics.allow(ResourceType.GROUP, "seen", AclOperation.DESCRIBE);

        assertNotLoaded(
                source(topic).sharedBy("seen"),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read topic " + topic + " for group seen: this user may not; grant Read on the group");
    }

    @Test
    void aTopicOfDeadLettersThatMayNotBeWritten() {
        String dead = topics.create(1);
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        topics.allow(ResourceType.TOPIC, dead, AclOperation.DESCRIBE);

        assertNotLoaded(
                source(topic).deadLetters(dead),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot write topic " + dead + ": this user may not; grant Write on it");
    }

    @Test
    void aTopicOfDeadLettersThatIsNotThere() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        String dead = topics.newName();
        topics.allow(ResourceType.TOPIC, dead, AclOperation.WRITE);

        assertNotLoaded(
                source(topic).deadLetters(dead),
                ErrorCode.TARGET_FAILED,
                "Cannot write topic " + dead + ": brokers at " + broker.guardedBootstrap()
                        + " have no such topic, or this user may not see it; create it, or correct the name");
    }

    @Test
    void aPasswordThatIsWrong() {
        String wrong = EmbeddedKafka.guest()
                .get("sasl.jaas.config")
                .toString()
                .replace("password=\"guest\"", "password=\"else\"");

        assertNotLoaded(
                source(topic).property("sasl.jaas.config", wrong),
                ErrorCode.SOURCE_FAILED,
                "Cannot look at topic " + topic + " of brokers at " + broker.guardedBootstrap()
                        + ": Authentication failed: Invalid username or password");
    }

    @Test
    void aTopicThatMayNotBeWritten() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.READ);

        assertNotUnloaded(
                target(),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot write topic " + topic + ": this user may not; grant Write on it");
    }

    @Test
    void aTransactionalIdThatMayNotBeUsed() {
        topics.allow(ResourceType.TOPIC, topic, AclOperation.WRITE);

        assertNotUnloaded(
                target().property("transactional.id", "somebody's"),
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot write topic " + topic + ": this user may not use the transactional id somebody's; grant Write"
                        + " on it, or set the property transactional.id to one that it may use");
    }
}
