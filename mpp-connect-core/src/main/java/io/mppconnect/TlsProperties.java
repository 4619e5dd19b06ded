package io.mppconnect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The properties that make up {@link Tls}. */
final class TlsProperties {

    private static final String CERTIFICATE = "server.tls.certificate";
    private static final String KEY = "server.tls.key";
    private static final String AUTHORITIES = "server.tls.client-authorities";
    private static final String CLIENT_CERTIFICATES = "server.tls.client-certificates";

    static final List<String> KEYS = List.of(CERTIFICATE, KEY, AUTHORITIES, CLIENT_CERTIFICATES);

    private TlsProperties() {}

    static boolean isOne(String key) {
        return KEYS.contains(key);
    }

    /** @throws MppConnectException when some are missing, or one is wrong */
    static Optional<Tls> of(Properties properties) {
        if (KEYS.stream().allMatch(key -> properties.getProperty(key) == null)) {
            return Optional.empty();
        }
        String clients = properties.getProperty(CLIENT_CERTIFICATES, "required").strip();
        if (!clients.equals("required") && !clients.equals("none")) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + CLIENT_CERTIFICATES + ": " + clients + "; write required or none");
        }
        List<String> missing = new ArrayList<>(List.of(CERTIFICATE, KEY));
        if (clients.equals("required")) {
            missing.add(AUTHORITIES);
        }
        missing.removeIf(key -> properties.getProperty(key) != null);
        if (!missing.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "TLS needs " + String.join(" and ", missing) + " too");
        }
        Path certificate = Path.of(properties.getProperty(CERTIFICATE).strip());
        Tls tls = Tls.pem(
                certificate,
                Path.of(properties.getProperty(KEY).strip()),
                Path.of(properties
                        .getProperty(AUTHORITIES, certificate.toString())
                        .strip()));
        return Optional.of(clients.equals("required") ? tls : tls.withoutClientCertificates());
    }
}
