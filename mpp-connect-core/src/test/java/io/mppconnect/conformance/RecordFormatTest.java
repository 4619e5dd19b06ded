package io.mppconnect.conformance;

import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.bytes;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.debezium;
import static io.mppconnect.format.Formats.json;
import static io.mppconnect.format.Formats.protobuf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Field;
import com.google.protobuf.Syntax;
import com.google.protobuf.Type;
import io.mppconnect.Commits;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.format.SchemaSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Encoded records, decoded into tables. */
@Conformance
class RecordFormatTest {

    private static final Schema FIRST = schema("{'name':'id','type':'long'},"
            + "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},"
            + "{'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':10,'scale':2}},"
            + "{'name':'tags','type':{'type':'array','items':['null','string']}},"
            + "{'name':'more','type':{'type':'map','values':'int'}}");

    private static final Schema SECOND = schema("{'name':'id','type':'long'},"
            + "{'name':'day','type':['null',{'type':'int','logicalType':'date'}],'default':null},"
            + "{'name':'sizes','type':{'type':'array','items':'int'},'default':[]}");

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'r','fields':[" + fields + "]}").replace('\'', '"'));
    }

    private static byte[] encoded(int id, Schema schema, Map<String, ?> values) throws Exception {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        values.forEach(record::set);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(record.build(), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static RecordLog log(RecordFormat format, String... records) {
        return new RecordLog(
                format,
                Arrays.stream(records)
                        .map(record -> record.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static TransferReport load(TestDatabase database, RecordLog log, String table) {
        return database.cluster().transfer().from(log).into(Table.named(table)).run();
    }

    private static List<String> rows(TestDatabase database, String table) {
        return new Loads(database).rows(table + " ORDER BY id");
    }

    @Test
    void jsonGoesIntoColumnsOfItsTypes(TestDatabase database) {
        String table = database.table("id bigint, price numeric, at timestamptz, ok bool, key uuid, raw bytea,"
                + " tags text[], grid int[], body json, note text DISTRIBUTED BY (id)");
        String full =
                "{\"id\":9007199254740993,\"price\":12345678901234567890.123456789,\"at\":\"2026-03-14T15:09:26.5+01\","
                        + "\"ok\":true,\"key\":\"00112233-4455-6677-8899-aabbccddeeff\",\"raw\":\"\\\\x00ff\","
                        + "\"tags\":[\"a,\\\"b\\\"\",null,\"\\\\\",\"\\u00e9\"],\"grid\":[[1,2],[3,4]],"
                        + "\"body\":{\"k\":[1.0,\"\\n\"]},\"note\":\"tab\\tline\\nend \\\\N\"}";

        load(database, log(json(), full, "{\"id\":9007199254740994,\"tags\":[]}"), table);

        assertThat(database.query(
                        "SELECT id, price, at = '2026-03-14 14:09:26.5+00', ok, key, raw = E'\\\\x00ff'::bytea,"
                                + " tags[1], tags[2], tags[3], tags[4], grid[2][1], body, note, body ->> 'k' FROM "
                                + table
                                + " WHERE ok"))
                .containsExactly(Arrays.asList(
                        "9007199254740993",
                        "12345678901234567890.123456789",
                        "t",
                        "t",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "t",
                        "a,\"b\"",
                        null,
                        "\\",
                        "é",
                        "3",
                        "{\"k\":[1.0,\"\\n\"]}",
                        "tab\tline\nend \\N",
                        "[1.0,\"\\n\"]"));
        assertThat(database.value("SELECT tags FROM " + table + " WHERE ok IS NULL"))
                .isEqualTo("{}");
    }

    @Test
    void badRecordsAreSetAsideWithTheirReasons(TestDatabase database) {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        List<RejectedRow> rejected = new ArrayList<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(log(
                        json().required("id").field("name"),
                        "{\"id\":1}",
                        "{\"id\":2,\"name\":\"x\\u0000\"}",
                        "{\"name\":\"x\"}",
                        "{\"id\":4"))
                .into(Table.named(table))
                .rejecting(Rejects.rows(3).to(rejected::add))
                .run();

        assertThat(report.rows()).isEqualTo(1);
        assertThat(rejected)
                .extracting(row -> row.record() + " " + row.message())
                .containsExactlyInAnyOrder(
                        "2 a NUL character, which the database cannot hold, at byte 17 in $.name",
                        "3 nothing is at $.id, which is required",
                        "4 no JSON at its end in $.id: a comma or } must follow");
    }

    @Test
    void changesOfRowsAreMadeInTheTable(TestDatabase database) {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old'), (2, 'old')");

        database.cluster()
                .transfer()
                .from(log(
                        debezium(json()),
                        "{\"op\":\"u\",\"before\":{\"id\":1},\"after\":{\"id\":1,\"name\":\"new\"}}",
                        "{\"op\":\"d\",\"before\":{\"id\":2},\"after\":null}",
                        "{\"op\":\"c\",\"before\":null,\"after\":{\"id\":3,\"name\":\"new\"}}",
                        "{\"op\":\"d\",\"before\":{\"id\":4}}"))
                .into(Table.named(table).upsertBy("id").deleteWhen("op = 'd'"))
                .run();

        assertThat(rows(database, table)).containsExactly("1|new", "3|new");
    }

    @Test
    void csvAndBytesGoIntoColumns(TestDatabase database) {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        String raw = database.table("body bytea DISTRIBUTED RANDOMLY");

        load(database, log(csv(), "1,\"a, b\"\n", "2,"), table);
        load(database, log(bytes("body"), "a\0b"), raw);

        assertThat(rows(database, table)).containsExactly("1|a, b", "2|null");
        assertThat(database.value("SELECT encode(body, 'hex') FROM " + raw)).isEqualTo("610062");
    }

    @Test
    void avroAddsTheColumnsThatItsSchemasBring(TestDatabase database) throws Exception {
        String table = database.table("id bigint, at timestamp DISTRIBUTED BY (id)");
        SchemaSource schemas = new SchemaSource() {
            @Override
            public List<String> schema(int id) {
                return List.of((id == 1 ? FIRST : SECOND).toString());
            }

            @Override
            public List<String> latest() {
                return List.of(FIRST.toString());
            }
        };
        byte[] first = encoded(
                1,
                FIRST,
                Map.of(
                        "id", 1L,
                        "at", 1_500L,
                        "price", ByteBuffer.wrap(new byte[] {1, 0}),
                        "tags", Arrays.asList("a b", null),
                        "more", Map.of("k", 1)));
        byte[] second = encoded(2, SECOND, Map.of("id", 2L, "day", 0, "sizes", List.of(7, 8)));

        TransferReport report = database.cluster()
                .transfer()
                .from(new RecordLog(avro(schemas), List.of(first, second, first)))
                .into(Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS))
                .committing(Commits.every(java.time.Duration.ofHours(1)))
                .run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(rows(database, table))
                .containsExactly(
                        "1|1970-01-01 00:00:01.5|2.56|{\"a b\",NULL}|{\"k\":1}|null|null",
                        "1|1970-01-01 00:00:01.5|2.56|{\"a b\",NULL}|{\"k\":1}|null|null",
                        "2|null|null|null|null|1970-01-01|{7,8}");
        assertThat(database.cluster().table(table).columns())
                .extracting(column -> column.name() + " " + column.type().sql())
                .containsExactly(
                        "id bigint",
                        "at timestamp without time zone",
                        "price numeric(10,2)",
                        "tags text[]",
                        "more json",
                        "day date",
                        "sizes integer[]");
    }

    @Test
    void protobufGoesIntoColumnsOfItsTypes(TestDatabase database) {
        String table = database.table("name text, oneofs text[], fields json, syntax int DISTRIBUTED RANDOMLY");
        Type message = Type.newBuilder()
                .setName("tab\tand \\N")
                .addOneofs("a, \"b\"")
                .addOneofs("")
                .addFields(Field.newBuilder().setNumber(-7).setName("\"\n"))
                .setSyntax(Syntax.SYNTAX_PROTO3)
                .build();

        load(
                database,
                new RecordLog(
                        protobuf(Type.class)
                                .field("name")
                                .field("oneofs")
                                .field("fields")
                                .field("syntax"),
                        List.of(message.toByteArray(), new byte[0])),
                table);

        assertThat(database.query("SELECT name, oneofs[1], oneofs[2], fields -> 0 ->> 'number', fields -> 0 ->> 'name',"
                        + " syntax FROM " + table + " ORDER BY syntax"))
                .containsExactly(
                        Arrays.asList("", null, null, null, null, "0"),
                        Arrays.asList("tab\tand \\N", "a, \"b\"", "", "-7", "\"\n", "1"));
    }

    @Test
    void theLongestDurationsAreIntervals(TestDatabase database) {
        String table = database.table("id interval DISTRIBUTED RANDOMLY");
        List<byte[]> durations = List.of(
                Duration.newBuilder()
                        .setSeconds(315_576_000_000L)
                        .setNanos(999_999_999)
                        .build()
                        .toByteArray(),
                Duration.newBuilder()
                        .setSeconds(-3601)
                        .setNanos(-500_000_000)
                        .build()
                        .toByteArray());

        load(database, new RecordLog(protobuf(Duration.class).document("id"), durations), table);

        assertThat(rows(database, table)).containsExactly("-01:00:01.5", "87660000:00:00.999999");
    }
}
