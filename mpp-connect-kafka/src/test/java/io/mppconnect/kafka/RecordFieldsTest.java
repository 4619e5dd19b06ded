package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.json;
import static io.mppconnect.format.Formats.text;
import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a record's row holds. */
@WithKafka
class RecordFieldsTest {

    private static void load(TestDatabase database, TestTopics topics, KafkaTopic source, Table table) {
        database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap()).untilEnd())
                .into(table)
                .run();
    }

    @Test
    void keyValueAndAllThatIsKnownOfTheRecord(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text, topic text, \"partition\" int, \"offset\" bigint,"
                + " \"timestamp\" timestamptz, timestamp_type text, key bytea, key_text text, headers text,"
                + " tombstone boolean DISTRIBUTED BY (id)");
        String topic = topics.create(2);
        topics.produce(producer -> {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic, 1, 1_700_000_000_123L, TestTopics.bytes("7"), TestTopics.bytes("seven"));
            record.headers()
                    .add("trace", TestTopics.bytes("a\"b\\\n"))
                    .add("n", TestTopics.bytes("1"))
                    .add("n", TestTopics.bytes("2"))
                    .add(new RecordHeader("none", (byte[]) null))
                    .add("raw", new byte[] {(byte) 0xff, 0});
            producer.send(record);
        });

        load(
                database,
                topics,
                KafkaTopic.named(topic).key(bars("id")).value(bars("name")).metadata(Metadata.values()),
                Table.named(table));

        assertThat(database.query(
                        "SELECT id, name, topic, \"partition\", \"offset\", extract(epoch FROM \"timestamp\") * 1000,"
                                + " timestamp_type, encode(key, 'hex'), key_text, headers, tombstone FROM " + table))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactly(
                        "7",
                        "seven",
                        topic,
                        "1",
                        "0",
                        "1700000000123",
                        "CreateTime",
                        "37",
                        "7",
                        "{\"trace\":\"a\\\"b\\\\\\u000a\",\"n\":[\"1\",\"2\"],\"none\":null,\"raw\":{\"base64\":\"/wA=\"}}",
                        "f");
    }

    @Test
    void theValueTakesTheColumnsThatKeyAndMetadataLeave(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text, note text, place bigint DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.appendKeyed(topic, "1", "one|first");
        topics.produce(producer -> producer.send(new ProducerRecord<>(topic, 0, null, TestTopics.bytes("two|"))));

        load(
                database,
                topics,
                KafkaTopic.named(topic).key(bars("id")).value(bars()).metadata(Metadata.OFFSET, "place"),
                Table.named(table));

        assertThat(database.query("SELECT * FROM " + table + " ORDER BY place"))
                .containsExactly(List.of("1", "one", "first", "0"), Arrays.asList(null, "two", null, "1"));
    }

    @Test
    void documentsGoIntoTheColumnsOfTheirMembers(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text, tags text[], raw json DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.appendKeyed(topic, "1", "{\"name\":\"one\",\"tags\":[\"a\",\"b\"],\"raw\":{\"x\":1},\"other\":true}");
        topics.appendKeyed(topic, "2", null);

        load(database, topics, KafkaTopic.named(topic).key(text("id")).value(json()), Table.named(table));

        assertThat(database.query("SELECT id, name, tags, raw FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("1", "one", "{a,b}", "{\"x\":1}"), Arrays.asList("2", null, null, null));
    }

    @Test
    void tombstonesDelete(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        KafkaTopic source = KafkaTopic.named(topic)
                .key(bars("id"))
                .value(bars("name"))
                .metadata(Metadata.TOMBSTONE, Metadata.OFFSET);
        Table target = Table.named(table)
                .columns("id", "name")
                .upsertBy("id")
                .latestBy("offset")
                .deleteWhen("tombstone");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old'), (2, 'old'), (3, 'kept')");
        topics.appendKeyed(topic, "1", "new");
        topics.appendKeyed(topic, "2", "new");
        topics.appendKeyed(topic, "2", null);
        topics.appendKeyed(topic, "4", null);
        topics.appendKeyed(topic, "4", "back");

        load(database, topics, source, target);

        assertThat(database.query("SELECT * FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("1", "new"), List.of("3", "kept"), List.of("4", "back"));
    }

    @Test
    void fieldsOfOneNameAreRefused(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(1);

        assertThat(catchThrowableOfType(
                        MppConnectException.class,
                        () -> load(
                                database,
                                topics,
                                KafkaTopic.named(topic).key(bars("id")).value(bars("id")),
                                Table.named(table))))
                .hasMessage(
                        "Cannot read topic " + topic + ": two fields of its key, value and metadata are called id; give"
                                + " one another name, or leave it out");
    }
}
