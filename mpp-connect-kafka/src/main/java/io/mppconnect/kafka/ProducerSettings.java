package io.mppconnect.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of a producer: the application's, and those that the target needs. Holds secrets. Immutable. */
final class ProducerSettings {

    static final ProducerSettings NONE = new ProducerSettings(ClientProperties.NONE);

    private static final Set<String> OURS = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    /** The most that brokers allow by default. */
    private static final int TRANSACTION_MILLIS = 900_000;

    /** Rows come in bulk: fewer and larger requests. */
    private static final int BATCH_BYTES = 128 * 1024;

    private final ClientProperties properties;

    private ProducerSettings(ClientProperties properties) {
        this.properties = properties;
    }

    ProducerSettings bootstrap(String servers) {
        return new ProducerSettings(properties.bootstrap(servers));
    }

    ProducerSettings properties(Map<String, ?> more) {
        return new ProducerSettings(properties.and(
                more,
                OURS,
                "a topic's producer: the target does; leave it out, see bootstrap(...), key(...) and value(...)"));
    }

    void check(String target) {
        properties.requireBrokers("write " + target);
    }

    /** With a transactional id of its own, unless one is given. */
    Map<String, Object> producer() {
        return properties.over(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "mpp-connect-" + UUID.randomUUID(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_MILLIS,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES));
    }

    /** @throws org.apache.kafka.common.config.ConfigException when it is no number */
    static Duration transactionTimeout(Map<String, Object> producer) {
        String name = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        Object millis = ConfigDef.parseType(name, producer.get(name), ConfigDef.Type.INT);
        return Duration.ofMillis((Integer) millis);
    }

    Map<String, Object> admin() {
        return properties.admin(ProducerConfig.configNames());
    }

    @Override
    public String toString() {
        return properties.toString();
    }
}
