package io.mppconnect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of the test's own, and what it signs: made anew with the JDK's keytool, so that nothing ever expires. */
public final class TestCertificates {

    private static final byte SEQUENCE = 0x30;
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    private TestCertificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("store-" + System.nanoTime() + ".p12");
    }

    public static TestCertificates in(Path directory) {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.generate("authority", "-dname", "CN=authority", "-ext", "bc:c");
        certificates.sign("server", "127.0.0.1", "-ext", "san=ip:127.0.0.1,dns:localhost", "-ext", "eku=serverAuth");
        certificates.sign("segment", "segment", "-ext", "eku=clientAuth");
        return certificates;
    }

    private void sign(String alias, String name, String... more) {
        List<String> options = new ArrayList<>(List.of("-dname", "CN=" + name, "-signer", "authority"));
        options.addAll(List.of(more));
        generate(alias, options.toArray(new String[0]));
    }

    private void generate(String alias, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", alias));
        command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "30", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + "\n" + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot run keytool", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool ran", e);
        }
    }

    private KeyStore open() throws GeneralSecurityException, IOException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    /** The server's certificate and those that lead to its authority. */
    public Path serverCertificate() throws GeneralSecurityException, IOException {
        return serverCertificate(directory.resolve("server.crt"));
    }

    public Path serverCertificate(Path file) throws GeneralSecurityException, IOException {
        StringBuilder chain = new StringBuilder("a line of text before the certificates\n");
        for (Certificate certificate : open().getCertificateChain("server")) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return write(file, chain.toString());
    }

    /** In PKCS#8. */
    public Path serverKey() throws GeneralSecurityException, IOException {
        return serverKey(directory.resolve("server.key"));
    }

    public Path serverKey(Path file) throws GeneralSecurityException, IOException {
        return write(file, pem("PRIVATE KEY", key()));
    }

    /** In PKCS#1, which is the last element of PKCS#8 and begins with a sequence. */
    public Path oldServerKey() throws GeneralSecurityException, IOException {
        byte[] pkcs8 = key();
        int inner = 8;
        while (pkcs8[inner] != SEQUENCE || elementLength(pkcs8, inner) != pkcs8.length - inner) {
            inner++;
        }
        return write(
                directory.resolve("server-old.key"),
                pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, inner, pkcs8.length)));
    }

    private static int elementLength(byte[] bytes, int at) {
        return 4 + (((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff));
    }

    private byte[] key() throws GeneralSecurityException, IOException {
        return open().getKey("server", PASSWORD.toCharArray()).getEncoded();
    }

    public Path authority() throws GeneralSecurityException, IOException {
        return authority(directory.resolve("root.crt"));
    }

    public Path authority(Path file) throws GeneralSecurityException, IOException {
        return write(file, pem("CERTIFICATE", open().getCertificate("authority").getEncoded()));
    }

    /** The files of the server, each written anew. */
    public Tls tls() throws GeneralSecurityException, IOException {
        return Tls.pem(serverCertificate(), serverKey(), authority());
    }

    /** What segments present and trust: the certificate of this authority. */
    public SSLContext segments() throws GeneralSecurityException, IOException {
        KeyStore all = open();
        all.deleteEntry("server");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", all.getCertificate("authority"));
        all.deleteEntry("authority");
        return context(all, trusted);
    }

    /** Whoever trusts this authority, and has no certificate to present. */
    public SSLContext strangers() throws GeneralSecurityException, IOException {
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", open().getCertificate("authority"));
        return context(none, trusted);
    }

    /** What a server presents that asks nobody for a certificate. */
    public SSLContext server() throws GeneralSecurityException, IOException {
        KeyStore all = open();
        all.deleteEntry("segment");
        all.deleteEntry("authority");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", open().getCertificate("authority"));
        return context(all, trusted);
    }

    private static SSLContext context(KeyStore own, KeyStore trusted) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** As tools that renew certificates do: a new file takes the place of the old one at once. */
    private static Path write(Path file, String content) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
