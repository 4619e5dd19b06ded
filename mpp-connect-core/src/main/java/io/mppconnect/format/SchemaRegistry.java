package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.registry.RegistryEntry;
import io.mppconnect.format.registry.RegistryRequests;
import io.mppconnect.format.registry.RegistrySchemas;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry that speaks Confluent's HTTP API. {@link #schemas} gives the schemas of any topic, {@link #subject} those
 * of one whose latest schema tells the fields:
 *
 * <pre>{@code
 * SchemaRegistry registry = SchemaRegistry.at("https://registry-1:8081", "https://registry-2:8081")
 *         .basicAuth("loader", secret);
 * KafkaTopic.named("orders").bootstrap("broker:9092").value(avro(registry.subject("orders-value")))
 * }</pre>
 *
 * <p>{@link AvroEncoding#registeredAs} writes by a schema that is registered.
 *
 * <p>The addresses are asked one after the other until one answers. Immutable; each method returns a changed copy. What it
 * gives out keeps the schemas it was asked for, and may be shared. The threads that it asks on are daemons: those named
 * {@code mpp-connect-registry-N}, which end when there is nothing to ask, and one of the JVM's HTTP client.
 */
public final class SchemaRegistry {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<URI> addresses;
    private final @Nullable String authorization;
    private final @Nullable SSLContext tls;
    private final Duration timeout;
    private final RegistryRequests requests;

    private SchemaRegistry(
            List<URI> addresses, @Nullable String authorization, @Nullable SSLContext tls, Duration timeout) {
        this.addresses = addresses;
        this.authorization = authorization;
        this.tls = tls;
        this.timeout = timeout;
        this.requests = new RegistryRequests(addresses, authorization, tls, timeout);
    }

    /**
     * A registry at one address, or the same one at several.
     *
     * @throws MppConnectException when one is no http or https URL, or has a user, a query or a fragment in it
     */
    public static SchemaRegistry at(String url, String... others) {
        List<String> urls = new ArrayList<>(List.of(url));
        urls.addAll(Arrays.asList(others));
        return new SchemaRegistry(urls.stream().map(SchemaRegistry::address).toList(), null, null, PATIENCE);
    }

    private static URI address(String url) {
        URI address;
        try {
            address = URI.create(url.endsWith("/") ? url : url + "/");
        } catch (IllegalArgumentException e) {
            throw invalid("it is no URL", e);
        }
        String scheme = address.getScheme();
        if (address.getHost() == null || (!"http".equals(scheme) && !"https".equals(scheme))) {
            throw invalid("it must begin with http:// or https:// and a host", null);
        }
        if (address.getUserInfo() != null) {
            throw invalid("a user does not belong into it; give it with basicAuth", null);
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw invalid("neither a query nor a fragment belongs into it", null);
        }
        return address;
    }

    /** The address may hold a password: it is not told. */
    private static MppConnectException invalid(String reason, @Nullable IllegalArgumentException cause) {
        String detail = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
        return new MppConnectException(
                ErrorCode.INVALID_OPTION, "Invalid address of a schema registry: " + reason + detail);
    }

    /** The user to name, and its password; a cloud's API key and secret, too. */
    public SchemaRegistry basicAuth(String user, String password) {
        return new SchemaRegistry(addresses, RegistryRequests.basic(user, password), tls, timeout);
    }

    /** Whom to trust, and which certificate to show; by default, what the JVM does. */
    public SchemaRegistry tls(SSLContext context) {
        return new SchemaRegistry(addresses, authorization, context, timeout);
    }

    /** How long to wait for an answer of each address, 10 seconds by default. */
    public SchemaRegistry timeout(Duration perAddress) {
        return new SchemaRegistry(addresses, authorization, tls, perAddress);
    }

    /** The schemas of all subjects; the target's columns are the fields. */
    public SchemaSource schemas() {
        return source(Optional.empty());
    }

    /** The schemas of all subjects, and the latest of this one, which tells the fields; {@code TOPIC-value} by custom. */
    public SchemaSource subject(String subject) {
        return source(Optional.of(subject));
    }

    /**
     * The number of an Avro schema in a subject, where it is registered unless it is there already.
     *
     * @param schema as JSON
     * @throws MppConnectException when the registry cannot be asked, or does not take the schema
     */
    int register(String subject, String schema) throws InterruptedException {
        return new RegistryEntry(requests, subject).id(schema);
    }

    private SchemaSource source(Optional<String> subject) {
        return new RegistrySchemas(requests, subject);
    }

    @Override
    public String toString() {
        return "SchemaRegistry" + addresses;
    }
}
