package io.mppconnect.segment;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a server's TLS, and whether they have changed since they were read. Thread safe. */
final class TlsFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

    private static final char[] NO_PASSWORD = {};

    /** Segments that come again find theirs; strangers cannot fill the memory with them. */
    private static final int SESSIONS_KEPT = 1024;

    private final Tls tls;
    private List<String> seen = List.of();

    TlsFiles(Tls tls) {
        this.tls = tls;
    }

    /**
     * Reads them.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} saying which of them cannot be used, and why
     */
    synchronized SSLContext read() {
        List<String> state = state();
        SSLContext context = context();
        seen = state;
        return context;
    }

    /** Reads them anew when they have changed; empty when not, or when they cannot be used yet. */
    synchronized Optional<SSLContext> readIfChanged() {
        if (state().equals(seen)) {
            return Optional.empty();
        }
        try {
            SSLContext context = read();
            LOG.info("The TLS files have changed and are in use: {}", tls);
            return Optional.of(context);
        } catch (MppConnectException e) {
            LOG.warn("The TLS files have changed but the former ones stay in use: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private List<String> state() {
        List<String> states = new ArrayList<>();
        for (Path file : List.of(tls.certificate(), tls.key(), tls.clientAuthorities())) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                states.add(attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
            } catch (IOException e) {
                states.add("missing");
            }
        }
        return states;
    }

    private SSLContext context() {
        X509Certificate[] chain = chain();
        PrivateKey key = key(chain[0]);
        try {
            KeyStore own = store();
            own.setKeyEntry("server", key, NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(authorities());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS_KEPT);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot use " + tls.certificate() + " for TLS: " + e.getMessage(), e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private X509Certificate[] chain() {
        try {
            List<X509Certificate> chain = Pem.certificates(tls.certificate());
            chain.get(0).checkValidity();
            return chain.toArray(new X509Certificate[0]);
        } catch (IOException e) {
            throw cannotUse(tls.certificate(), e.getMessage(), e);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw cannotUse(tls.certificate(), "the certificate is not valid now", e);
        }
    }

    private PrivateKey key(X509Certificate certificate) {
        try {
            PrivateKey key = Pem.key(tls.key(), certificate.getPublicKey().getAlgorithm());
            if (!belongTogether(certificate, key)) {
                throw new IOException("it is not the key of " + tls.certificate());
            }
            return key;
        } catch (IOException | GeneralSecurityException e) {
            throw cannotUse(tls.key(), e.getMessage(), e);
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] message = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(message);
        return signature.verify(signed);
    }

    private KeyStore authorities() throws GeneralSecurityException, IOException {
        KeyStore store = store();
        if (!tls.requiresClientCertificates()) {
            return store;
        }
        try {
            int number = 0;
            for (X509Certificate authority : Pem.certificates(tls.clientAuthorities())) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            return store;
        } catch (IOException e) {
            throw cannotUse(tls.clientAuthorities(), e.getMessage(), e);
        }
    }

    private static MppConnectException cannotUse(Path file, @Nullable String why, Exception e) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, "Cannot use " + file + " for TLS: " + why, e);
    }
}
