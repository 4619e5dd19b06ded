package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.numbered;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.asAvro;
import static io.mppconnect.format.Formats.avro;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TestCertificates;
import io.mppconnect.catalog.Column;
import io.mppconnect.type.TypeKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas from a registry, over HTTP. */
class SchemaRegistryTest {

    private static final String SCHEMA =
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private int registering = 200;
    private String unknown = "{\"error_code\":40403}";
    private String authorization = "";
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(path);
        body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String answer = answers.get(path);
        byte[] reply = (answer == null ? unknown : answer).getBytes(UTF_8);
        int code = path.endsWith("/versions") ? registering : status;
        exchange.sendResponseHeaders(answer == null && code == 200 ? 404 : code, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String closed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String quoted(String schema) {
        return "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}";
    }

    @Test
    void recordsAreReadByTheSchemaOfTheirNumber() throws Exception {
        answers.put("/schemas/ids/7", quoted(SCHEMA));
        Schema schema = record("{'name':'id','type':'long'}");
        SchemaSource schemas = SchemaRegistry.at(url()).schemas();

        for (int i = 0; i < 2; i++) {
            RecordDecoder decoder = avro(schemas).open(texts("id"));
            assertThat(DecodedRow.of(decoder, numbered(7, encoded(schema, Map.of("id", 5L)))))
                    .containsExactly(Map.entry("id", "5"));
        }

        assertThat(requests).containsExactly("/schemas/ids/7");
        assertThat(authorization).isEqualTo("null");
    }

    @Test
    void theLatestSchemaOfASubjectTellsTheFields() throws Exception {
        answers.put("/registry/subjects/a%2Fb%20c-value/versions/latest", quoted(SCHEMA));
        answers.put("/registry/schemas/ids/8", quoted(SCHEMA));
        SchemaSource schemas = SchemaRegistry.at(url() + "/registry/").subject("a/b c-value");

        assertThat(schemas.latest()).containsExactly(SCHEMA);
        assertThat(schemas.latest()).containsExactly(SCHEMA);
        assertThat(requests).hasSize(1);
        schemas.schema(8);
        schemas.latest();
        assertThat(requests).hasSize(3);
    }

    @Test
    void schemasComeAfterThoseTheyReferTo() throws Exception {
        answers.put(
                "/schemas/ids/1",
                "{\"schemaType\":\"AVRO\",\"schema\":\"A\",\"references\":[{\"name\":\"b\",\"subject\":\"B\",\"version\":2},"
                        + "{\"name\":\"c\",\"subject\":\"C\",\"version\":3}]}");
        answers.put(
                "/subjects/B/versions/2",
                "{\"schema\":\"B\",\"references\":[{\"name\":\"c\",\"subject\":\"C\",\"version\":3}]}");
        answers.put("/subjects/C/versions/3", "{\"schema\":\"C\"}");

        assertThat(SchemaRegistry.at(url()).schemas().schema(1)).containsExactly("C", "B", "A");
    }

    @Test
    void userAndPasswordAreSentAndNeverTold() throws Exception {
        answers.put("/schemas/ids/7", quoted(SCHEMA));
        SchemaRegistry registry = SchemaRegistry.at(url()).basicAuth("loader", "sécret");

        registry.schemas().schema(7);

        assertThat(authorization).isEqualTo("Basic bG9hZGVyOnPDqWNyZXQ=");
        assertThat(registry).hasToString("SchemaRegistry[" + url() + "/]");
        status = 401;
        assertThatThrownBy(() -> registry.schemas().schema(7))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read schema 7 from the schema registry: " + url()
                        + "/ answered with status 401; check the user and password of basicAuth");
    }

    @Test
    void theRegistryMayAskForTls(@TempDir Path directory) throws Exception {
        answers.put("/schemas/ids/7", quoted(SCHEMA));
        TestCertificates certificates = TestCertificates.in(directory);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        secure.createContext("/", this::answer);
        secure.start();
        try {
            SchemaRegistry registry =
                    SchemaRegistry.at("https://127.0.0.1:" + secure.getAddress().getPort());

            assertThat(registry.tls(certificates.strangers()).schemas().schema(7))
                    .containsExactly(SCHEMA);
            assertThatThrownBy(() -> registry.schemas().schema(7))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessageStartingWith("Cannot read schema 7 from the schema registry: https://127.0.0.1:"
                            + secure.getAddress().getPort() + "/ and this JVM do not agree on TLS (");
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void theNextAddressIsAskedWhenOneDoesNotAnswer() throws Exception {
        answers.put("/schemas/ids/7", quoted(SCHEMA));

        assertThat(SchemaRegistry.at(closed(), url()).schemas().schema(7)).containsExactly(SCHEMA);
    }

    @Test
    void theNextAddressIsAskedWhenOneIsNoRegistrys() throws Exception {
        answers.put("/registry/schemas/ids/7", quoted(SCHEMA));
        unknown = "<html>Not Found</html>";

        assertThat(SchemaRegistry.at(url() + "/wrong", url() + "/registry")
                        .schemas()
                        .schema(7))
                .containsExactly(SCHEMA);
        assertThat(requests).containsExactly("/wrong/schemas/ids/7", "/registry/schemas/ids/7");
    }

    @Test
    void theThreadsThatAskAreNamedAndKeepNoJvm() throws Exception {
        answers.put("/schemas/ids/7", quoted(SCHEMA));

        SchemaRegistry.at(url()).schemas().schema(7);

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("mpp-connect-registry-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void allAddressesThatDoNotAnswerAreTold() throws Exception {
        status = 503;
        String closed = closed();

        assertThatThrownBy(() -> SchemaRegistry.at(closed, url()).schemas().schema(7))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION))
                .hasMessage("Cannot read schema 7 from the schema registry: " + closed + "/ cannot be reached; " + url()
                        + "/ answered with status 503");
    }

    @Test
    void anAddressThatIsSilentIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            SchemaSource schemas =
                    SchemaRegistry.at(url).timeout(Duration.ofMillis(50)).schemas();

            assertThatThrownBy(() -> schemas.schema(7))
                    .hasMessage(
                            "Cannot read schema 7 from the schema registry: " + url + "/ did not answer within 50 ms");
        }
    }

    /** Sends headers and the beginning of a body, and then nothing more. */
    private CountDownLatch stalling() {
        CountDownLatch asked = new CountDownLatch(1);
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            asked.countDown();
        });
        return asked;
    }

    @Test
    void anAnswerThatStallsIsGivenUp() {
        stalling();
        SchemaSource schemas =
                SchemaRegistry.at(url()).timeout(Duration.ofMillis(300)).schemas();

        assertThatThrownBy(() -> schemas.schema(7))
                .hasMessage(
                        "Cannot read schema 7 from the schema registry: " + url() + "/ did not answer within 300 ms");
    }

    @Test
    void thoseWhoWaitForAnAnswerCanBeInterrupted() throws Exception {
        CountDownLatch asked = stalling();
        SchemaSource schemas =
                SchemaRegistry.at(url()).timeout(Duration.ofHours(1)).schemas();
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        Thread asking = new Thread(() -> ends.add(catchThrowable(() -> schemas.schema(7))));
        Thread waiting = new Thread(() -> ends.add(catchThrowable(schemas::latest)));
        asking.start();
        asked.await();
        waiting.start();

        waiting.interrupt();
        waiting.join();
        asking.interrupt();
        asking.join();

        assertThat(ends).hasSize(2).hasOnlyElementsOfType(InterruptedException.class);
    }

    @Test
    void aSchemaThatIsMissingIsNotAskedForAgainAtOnce() {
        SchemaSource schemas = SchemaRegistry.at(url()).schemas();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> schemas.schema(9))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessage("the schema registry has no schema 9");
        }
        assertThat(requests).containsExactly("/schemas/ids/9");
    }

    @Test
    void whatTheRegistryDoesNotHaveMakesRecordsBad() {
        SchemaRegistry registry = SchemaRegistry.at(url());

        assertThatThrownBy(() -> registry.schemas().schema(9))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("the schema registry has no schema 9");
        assertThatThrownBy(() -> registry.subject("none").latest())
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot read the latest schema of subject none from the schema registry: there is none; check"
                                + " the subject's name");
        answers.put("/schemas/ids/3", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}");
        assertThatThrownBy(() -> registry.schemas().schema(3))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("schema 3 of the schema registry is of type PROTOBUF, and not Avro");
        answers.put("/schemas/ids/4", "<html>");
        assertThatThrownBy(() -> registry.schemas().schema(4))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot read schema 4 from the schema registry: its answer holds no schema; check the address");
    }

    @Test
    void addressesAreChecked() {
        assertThatThrownBy(() -> SchemaRegistry.at("ftp://registry"))
                .hasMessage("Invalid address of a schema registry: it must begin with http:// or https:// and a host");
        assertThatThrownBy(() -> SchemaRegistry.at("http://user:secret@registry"))
                .hasMessage("Invalid address of a schema registry: a user does not belong into it; give it with"
                        + " basicAuth");
        for (String more : List.of("http://registry?a=b", "http://registry/#a")) {
            assertThatThrownBy(() -> SchemaRegistry.at(more))
                    .hasMessage("Invalid address of a schema registry: neither a query nor a fragment belongs into it");
        }
        assertThatThrownBy(() -> SchemaRegistry.at("http://a b"))
                .hasMessage("Invalid address of a schema registry: it is no URL (IllegalArgumentException)");
    }

    @Test
    void aSchemaToWriteByIsRegistered() throws Exception {
        answers.put("/subjects/a%2Fb-value/versions", "{\"id\":259}");
        List<Column> columns = texts("id");

        byte[] record = EncodedRow.bytes(
                asAvro().recordName("r").registeredAs("a/b-value", SchemaRegistry.at(url())), columns, "x");

        assertThat(record).containsExactly(0, 0, 0, 1, 3, 2, 2, 'x');
        assertThat(requests).containsExactly("/subjects/a%2Fb-value", "/subjects/a%2Fb-value/versions");
        assertThat(body)
                .isEqualTo(
                        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":[{\\\"name\\\":"
                                + "\\\"id\\\",\\\"type\\\":[\\\"null\\\",\\\"string\\\"],\\\"default\\\":null}]}\"}");
    }

    @Test
    void aSchemaThatIsThereIsNotRegisteredAgain() throws Exception {
        answers.put("/subjects/s", "{\"subject\":\"s\",\"id\":7,\"version\":1,\"schema\":\"...\"}");

        assertThat(EncodedRow.bytes(
                        asAvro(SCHEMA).registeredAs("s", SchemaRegistry.at(url())),
                        List.of(DecodedRow.column("id", TypeKind.INT8, "int8")),
                        "1"))
                .containsExactly(0, 0, 0, 0, 7, 2);
        assertThat(requests).containsExactly("/subjects/s");
    }

    @Test
    void aSchemaThatTheRegistryRefusesIsNotWrittenBy() {
        for (int refusal : List.of(409, 422)) {
            registering = refusal;
            answers.put("/subjects/s/versions", "{\"message\":\"incompatible\"}");

            assertThatThrownBy(() ->
                            asAvro().registeredAs("s", SchemaRegistry.at(url())).open(texts("id")))
                    .isInstanceOfSatisfying(
                            MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                    .hasMessage("Cannot register a schema of subject s with the schema registry: " + url()
                            + "/ answered with status " + refusal + " ({\"message\":\"incompatible\"})");
        }
        assertThat(requests)
                .containsExactly("/subjects/s", "/subjects/s/versions", "/subjects/s", "/subjects/s/versions");
    }

    @Test
    void aSchemaThatTheRegistryCannotReadIsNotWrittenBy() {
        status = 422;
        answers.put("/subjects/s", "{\"error_code\":42201}");

        assertThatThrownBy(() ->
                        asAvro().registeredAs("s", SchemaRegistry.at(url())).open(texts("id")))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot read a schema of subject s from the schema registry: " + url()
                        + "/ answered with status 422 ({\"error_code\":42201})");
    }

    @Test
    void anAddressThatIsNoRegistrysIsTold() {
        for (String other : List.of("<html>Not Found</html>", "", "{\"error_code\":404}", "{}")) {
            unknown = other;
            assertThatThrownBy(() ->
                            asAvro().registeredAs("s", SchemaRegistry.at(url())).open(texts("id")))
                    .hasMessage("Cannot read a schema of subject s from the schema registry: " + url()
                            + "/ answered with status 404");
            assertThatThrownBy(() -> SchemaRegistry.at(url()).schemas().schema(7))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage(
                            "Cannot read schema 7 from the schema registry: " + url() + "/ answered with status 404");
        }
        answers.put("/subjects/s", "<html>");
        assertThatThrownBy(() ->
                        asAvro().registeredAs("s", SchemaRegistry.at(url())).open(texts("id")))
                .hasMessage(
                        "Cannot read a schema of subject s from the schema registry: its answer holds no number of a"
                                + " schema; check the address");
    }
}
