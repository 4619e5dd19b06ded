package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of a producer: the application's, and those that the target needs. Holds secrets. Immutable. */
final class ProducerSettings {

    static final ProducerSettings NONE = new ProducerSettings("", Map.of());

    private static final Set<String> OURS = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    /** The most that brokers allow by default. */
    private static final int TRANSACTION_MILLIS = 900_000;

    /** Rows come in bulk: fewer and larger requests. */
    private static final int BATCH_BYTES = 128 * 1024;

    private static final int ADMIN_TIMEOUT_MILLIS = 30_000;

    private final String bootstrap;
    private final Map<String, Object> given;

    private ProducerSettings(String bootstrap, Map<String, Object> given) {
        this.bootstrap = bootstrap;
        this.given = given;
    }

    ProducerSettings bootstrap(String servers) {
        return new ProducerSettings(servers, given);
    }

    ProducerSettings properties(Map<String, ?> more) {
        Set<String> ours = new TreeSet<>(more.keySet());
        ours.retainAll(OURS);
        if (!ours.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot set " + String.join(", ", ours)
                            + " of a topic's producer: the target does; leave it out, see bootstrap(...), key(...) and"
                            + " value(...)");
        }
        Map<String, Object> all = new HashMap<>(given);
        all.putAll(more);
        return new ProducerSettings(bootstrap, Map.copyOf(all));
    }

    void check(String target) {
        if (bootstrap.isBlank()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write " + target + ": nobody says where its brokers are; set bootstrap(\"host:port\")");
        }
    }

    /** With a transactional id of its own, unless one is given. */
    Map<String, Object> producer() {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "mpp-connect-" + UUID.randomUUID());
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.putAll(given);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return all;
    }

    /** @throws org.apache.kafka.common.config.ConfigException when it is no number */
    static Duration transactionTimeout(Map<String, Object> producer) {
        String name = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        Object millis = ConfigDef.parseType(name, producer.get(name), ConfigDef.Type.INT);
        return Duration.ofMillis((Integer) millis);
    }

    /** What the admin client knows too, and what the producer does not, for it may be a plug-in's. */
    Map<String, Object> admin() {
        Map<String, Object> all = new HashMap<>();
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        given.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)
                    || !ProducerConfig.configNames().contains(name)) {
                all.put(name, value);
            }
        });
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return all;
    }

    @Override
    public String toString() {
        return bootstrap;
    }
}
