package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.asAvro;
import static io.mppconnect.format.Formats.asCsv;
import static io.mppconnect.format.Formats.asDelimited;
import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.asText;
import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.delimited;
import static io.mppconnect.format.Formats.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import io.mppconnect.format.RecordEncoding;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.format.SchemaRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of every type at their edges: what goes into a topic comes back out of it into another table, and is the same. */
@WithKafka
class TopicRoundTripTest {

    private static final String COLUMNS =
            "id int, flag boolean, small smallint, big bigint, r real, d double precision,"
                    + " n numeric, n2 numeric(40,10), m money, c char(5), v varchar(20), t text, raw bytea, day date, at time,"
                    + " attz timetz, ts timestamp, tz timestamptz, gap interval, u uuid, j json, jb jsonb, b bit varying, addr inet,"
                    + " ints int[], texts text[], days date[], raws bytea[]";

    /** Of more than one dimension, or with other bounds than 1. */
    private static final String OTHER_ARRAYS = "ARRAY[[1,2],[NULL,4]], ARRAY[['a','b,c']], NULL, NULL";

    private static final String ARRAYS =
            "'{1,NULL,-3}', ARRAY['a,b', E'c\"d\\\\', NULL, 'NULL', '', E'\\n', '{}', ' é']::text[],"
                    + " '{2024-02-29,NULL}', ARRAY[decode('00ff5c', 'hex'), NULL]";

    /** Of values that Avro's types have: none is infinite, no day ends at 24:00. */
    private static String finite(int id) {
        return "INSERT INTO %s VALUES (" + id + ", true, -32768, 9223372036854775807, 'NaN', '-Infinity', 'NaN',"
                + " -123456789012345678901234567890.0123456789, '-12.34', 'ab', ' x ', E'say \"hi\",\\t\\n\\\\N 日本 🚀',"
                + " decode('00ff5c0a22', 'hex'), '0044-03-15 BC', '23:59:59.999999', '12:34:56.789+05:30',"
                + " '0001-01-01 00:00:00 BC', '1969-12-31 23:59:59.999999+00', '1 year 2 mons -3 days 04:05:06.789',"
                + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', E'{\"a\": [1, \"\\\\u00e9\\\\n\"]}', '{\"b\": null}', B'101',"
                + " '10.0.0.0/8', ";
    }

    private static final String EXTREME =
            "INSERT INTO %s VALUES (4, false, 32767, -9223372036854775808, '1e-45', '5e-324',"
                    + " 1234567890123456789012345678901234567890.00, 0, '92233720368547758.07', '', '', '', '', 'infinity',"
                    + " '24:00:00', '00:00:00-15:59', 'infinity', '-infinity', '0', '00000000-0000-0000-0000-000000000000', '[]',"
                    + " '\"x\"', B'', '::1', '{}', '{}', '{infinity}', '{}')";

    private static final String LATE =
            "INSERT INTO %s VALUES (5, NULL, 0, 0, '-0', '123456789.123456789', '0.000', 0.5, '0', 'é',"
                    + " 'NULL', 'NULL', 'x', '5874897-12-31', '12:34:56.789012', '00:00:00+00', '294276-12-31 23:59:59.999999',"
                    + " '2024-02-29 12:34:56.7+00', '-00:00:00.000001', NULL, '\"\"', '1.50', NULL, NULL, ";

    private static String source(TestDatabase database, boolean finite) {
        String table = database.table(COLUMNS + " DISTRIBUTED BY (id)");
        database.execute(
                (finite(1) + ARRAYS + ")").formatted(table), "INSERT INTO %s (id) VALUES (2)".formatted(table));
        if (!finite) {
            database.execute(
                    (finite(3) + OTHER_ARRAYS + ")").formatted(table),
                    EXTREME.formatted(table),
                    (LATE + OTHER_ARRAYS + ")").formatted(table));
        }
        return table;
    }

    /** Sends a table to a topic and loads another one from there. */
    private static void assertSame(
            TestDatabase database, TestTopics topics, String table, RecordEncoding encoding, RecordFormat format) {
        String copy = database.table(COLUMNS + " DISTRIBUTED BY (id)");
        String topic = topics.create(3);
        long rows = database.count(table);

        database.cluster()
                .transfer()
                .from(Table.named(table))
                .into(KafkaTarget.topic(topic)
                        .bootstrap(topics.bootstrap())
                        .key(asText("id"))
                        .value(encoding))
                .run();
        topics.committed(topic);
        database.cluster()
                .transfer()
                .from(KafkaTopic.named(topic)
                        .bootstrap(topics.bootstrap())
                        .value(format)
                        .untilEnd())
                .into(Table.named(copy))
                .run();

        assertThat(database.count(copy)).isEqualTo(rows);
        assertThat(differences(database, table, copy)).isEmpty();
    }

    private static List<List<String>> differences(TestDatabase database, String table, String copy) {
        return database.query("SELECT a.id, a.*::text, b.*::text FROM " + table + " a FULL JOIN " + copy
                + " b ON a.id = b.id WHERE a.*::text IS DISTINCT FROM b.*::text");
    }

    @Test
    void jsonComesBack(TestDatabase database, TestTopics topics) {
        assertSame(database, topics, source(database, false), asJson(), json());
    }

    @Test
    void csvComesBack(TestDatabase database, TestTopics topics) {
        assertSame(database, topics, source(database, false), asCsv(), csv());
    }

    @Test
    void delimitedTextComesBack(TestDatabase database, TestTopics topics) {
        assertSame(
                database,
                topics,
                source(database, false),
                asDelimited("||").escape("\\"),
                delimited("||").escape("\\"));
    }

    @Test
    void avroOfARegistryComesBack(TestDatabase database, TestTopics topics) throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            SchemaRegistry schemas = SchemaRegistry.at(registry.url());

            assertSame(
                    database,
                    topics,
                    source(database, true),
                    asAvro().recordName("shop.Row").registeredAs("rows-value", schemas),
                    avro(schemas.subject("rows-value")));

            assertThat(registry.schemas()).singleElement().asString().contains("shop");
        }
    }
}
