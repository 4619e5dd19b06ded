package io.mppconnect;

import java.nio.file.Path;

/**
 * How the embedded server proves to segments that it is the one, and they to it: PEM files, as the database's own tools
 * have them. Segments then dial {@code gpfdists} and present {@code gpfdists/client.crt} of their data directories; the
 * server's certificate must be good for the {@linkplain ClusterOptions#advertisedHost advertised host}. TLS 1.2 and
 * later.
 *
 * <p>Files that change are read again before the next transfer; as long as the new ones cannot be used, the old ones
 * stay, and a warning is logged. Immutable.
 *
 * <pre>{@code
 * ClusterOptions.defaults().tls(Tls.pem(Path.of("server.crt"), Path.of("server.key"), Path.of("root.crt")))
 * }</pre>
 */
public final class Tls {

    private final Path certificate;
    private final Path key;
    private final Path authorities;
    private final boolean clientCertificates;

    private Tls(Path certificate, Path key, Path authorities, boolean clientCertificates) {
        this.certificate = certificate;
        this.key = key;
        this.authorities = authorities;
        this.clientCertificates = clientCertificates;
    }

    /**
     * Reads the files when the server starts.
     *
     * @param certificate the server's certificate, then those that lead to its authority
     * @param key its private key, PKCS#8, PKCS#1 or SEC 1, not encrypted
     * @param clientAuthorities whoever signs the certificates that segments present
     */
    public static Tls pem(Path certificate, Path key, Path clientAuthorities) {
        return new Tls(certificate, key, clientAuthorities, true);
    }

    /** Serves also those that present no certificate. By default they are refused. */
    public Tls withoutClientCertificates() {
        return new Tls(certificate, key, authorities, false);
    }

    /** The server's certificate and those between it and its authority, PEM. */
    public Path certificate() {
        return certificate;
    }

    /** The key of the certificate, PEM. */
    public Path key() {
        return key;
    }

    /** Who signs the certificates of segments, PEM. */
    public Path clientAuthorities() {
        return authorities;
    }

    /** Whether who presents no certificate, or one of another authority, is refused. */
    public boolean requiresClientCertificates() {
        return clientCertificates;
    }

    @Override
    public String toString() {
        return "TLS with " + certificate
                + (clientCertificates ? " and client certificates of " + authorities : " without client certificates");
    }
}
