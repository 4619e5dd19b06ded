package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TestCertificates;
import io.mppconnect.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsServerTest {

    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static TestCertificates others;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = TestCertificates.in(Files.createDirectory(directory.resolve("own")));
        others = TestCertificates.in(Files.createDirectory(directory.resolve("others")));
    }

    private final RecordedLoad recorded = new RecordedLoad();

    private static SegmentServer server(Tls tls) {
        return SegmentServer.start(
                SegmentServerOptions.on(InetAddress.getLoopbackAddress()).withTls(Optional.of(tls)));
    }

    private static SSLSocket connect(SegmentServer server, SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.address().getPort());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    /** All that the server says to a GET. */
    private String pull(SegmentServer server, SSLContext context, String... protocols) throws IOException {
        try (LoadExchange load = server.openLoad(recorded);
                SSLSocket socket = connect(server, context, protocols)) {
            load.offer(recorded.block("row\n"));
            load.finish();
            socket.getOutputStream()
                    .write(FakeSegment.of(server, load, 0, 1).pullHead().getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void rowsThatLieInAFileAreEncryptedToo() throws Exception {
        Path file = Files.writeString(directory.resolve("rows.txt"), "row\n".repeat(1 << 20));
        try (SegmentServer server = server(certificates.tls());
                LoadExchange load = server.openLoad(recorded);
                FileChannel rows = FileChannel.open(file);
                SSLSocket socket = connect(server, certificates.segments())) {
            load.offer(recorded.range(rows, 0, 4 << 20, 1 << 20));
            load.finish();
            socket.getOutputStream()
                    .write(FakeSegment.of(server, load, 0, 1).pullHead().getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).endsWith("D\0\100\0\0" + "row\n".repeat(1 << 20) + "D\0\0\0\0");
        }
    }

    private static void assertServed(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nX-GP-PROTO: 1\r\n")
                .contains("row\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesWhoPresentsACertificate(String protocol) throws Exception {
        try (SegmentServer server = server(certificates.tls())) {
            assertServed(pull(server, certificates.segments(), protocol));
        }
    }

    @Test
    void readsKeysOfAnOlderForm() throws Exception {
        Tls tls = Tls.pem(certificates.serverCertificate(), certificates.oldServerKey(), certificates.authority());
        try (SegmentServer server = server(tls)) {
            assertServed(pull(server, certificates.segments()));
        }
    }

    @Test
    void refusesWhoPresentsNone() throws Exception {
        try (SegmentServer server = server(certificates.tls())) {
            assertThatThrownBy(() -> pull(server, certificates.strangers())).isInstanceOf(IOException.class);
            assertServed(pull(server, certificates.segments()));
        }
        assertThat(recorded.events).hasSize(1);
    }

    @Test
    void refusesCertificatesOfOthers() throws Exception {
        try (SegmentServer server =
                server(Tls.pem(certificates.serverCertificate(), certificates.serverKey(), others.authority()))) {
            assertThatThrownBy(() -> pull(server, certificates.segments())).isInstanceOf(IOException.class);
        }
        assertThat(recorded.events).isEmpty();
    }

    @Test
    void servesAllWhenNoCertificateIsAskedFor() throws Exception {
        try (SegmentServer server = server(certificates.tls().withoutClientCertificates())) {
            assertServed(pull(server, certificates.strangers()));
        }
    }

    @Test
    void speaksNothingOlder() throws Exception {
        try (SegmentServer server = server(certificates.tls());
                RawClient plain = new RawClient(server.address())) {
            plain.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(new String(plain.rest(), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
            SSLContext context = certificates.segments();
            assertThatThrownBy(() -> pull(server, context, "TLSv1.1")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void takesUpFilesThatChanged() throws Exception {
        Tls tls = certificates.tls();
        try (SegmentServer server = server(tls)) {
            assertServed(pull(server, certificates.segments()));
            others.serverCertificate(tls.certificate());
            others.serverKey(tls.key());
            others.authority(tls.clientAuthorities());

            assertServed(pull(server, others.segments()));
            assertThatThrownBy(() -> pull(server, certificates.segments())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void keepsTheOldFilesWhileTheNewOnesCannotBeUsed() throws Exception {
        try (SegmentServer server = server(certificates.tls())) {
            Files.writeString(certificates.serverKey(), "half a key");

            assertServed(pull(server, certificates.segments()));
        }
    }

    private void assertUnusable(Tls tls, String message) {
        assertThatThrownBy(() -> server(tls).close())
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot use " + message);
    }

    @Test
    void saysWhichFileCannotBeUsed() throws Exception {
        Path certificate = certificates.serverCertificate();
        Path key = certificates.serverKey();
        Path authority = certificates.authority();
        Path missing = directory.resolve("missing");
        Path encrypted = Files.writeString(
                directory.resolve("encrypted.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");

        assertUnusable(Tls.pem(missing, key, authority), missing + " for TLS: no such file");
        assertUnusable(Tls.pem(certificate, missing, authority), missing + " for TLS: no such file");
        assertUnusable(Tls.pem(certificate, key, missing), missing + " for TLS: no such file");
        assertUnusable(Tls.pem(key, key, authority), key + " for TLS: it holds no certificate");
        assertUnusable(Tls.pem(certificate, authority, authority), authority + " for TLS: it holds no private key");
        assertUnusable(Tls.pem(authority, key, authority), key + " for TLS: it is not the key of " + authority);
        assertUnusable(
                Tls.pem(certificate, encrypted, authority),
                encrypted + " for TLS: the key is encrypted; write it without a passphrase, with openssl pkcs8 -topk8"
                        + " -nocrypt");
    }
}
