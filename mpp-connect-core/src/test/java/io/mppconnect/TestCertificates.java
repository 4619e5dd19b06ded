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

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;
    private final String algorithm;

    private TestCertificates(Path directory, String algorithm) {
        this.directory = directory;
        this.store = directory.resolve("store-" + System.nanoTime() + ".p12");
        this.algorithm = algorithm;
    }

    /** Keys of RSA. */
    public static TestCertificates in(Path directory) {
        return in(directory, "RSA");
    }

    /** @param algorithm {@code RSA} or {@code EC} */
    public static TestCertificates in(Path directory, String algorithm) {
        TestCertificates certificates = new TestCertificates(directory, algorithm);
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
        command.addAll(List.of("-keyalg", algorithm, "-validity", "30", "-storetype", "PKCS12"));
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
        StringBuilder chain = new StringBuilder("a line of text before the certificates\n");
        for (Certificate certificate : open().getCertificateChain("server")) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return write("server.crt", chain.toString());
    }

    /** In PKCS#8. */
    public Path serverKey() throws GeneralSecurityException, IOException {
        return write("server.key", pem("PRIVATE KEY", key()));
    }

    /** What is inside PKCS#8: PKCS#1 of RSA, SEC 1 of EC. */
    public Path oldServerKey() throws GeneralSecurityException, IOException {
        byte[] pkcs8 = key();
        // The inner key is the last element; in both it begins with a sequence and the number of a version.
        for (int at = 8; at < pkcs8.length; at++) {
            int left = pkcs8.length - at;
            if (pkcs8[at] == 0x30 && elementLength(pkcs8, at) == left) {
                byte[] inner = Arrays.copyOfRange(pkcs8, at, pkcs8.length);
                return write("server-old.key", pem(algorithm + " PRIVATE KEY", inner));
            }
        }
        throw new IllegalStateException("no key inside");
    }

    private static int elementLength(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        if (first < 0x80) {
            return first + 2;
        }
        int length = 0;
        int digits = first & 0x7f;
        for (int i = 0; i < digits && at + 2 + i < bytes.length; i++) {
            length = (length << 8) | (bytes[at + 2 + i] & 0xff);
        }
        return length + 2 + digits;
    }

    private byte[] key() throws GeneralSecurityException, IOException {
        return open().getKey("server", PASSWORD.toCharArray()).getEncoded();
    }

    public Path authority() throws GeneralSecurityException, IOException {
        return write(
                "root.crt",
                pem("CERTIFICATE", open().getCertificate("authority").getEncoded()));
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
    private Path write(String name, String content) throws IOException {
        Path fresh = Files.writeString(directory.resolve(name + ".new"), content);
        return Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
