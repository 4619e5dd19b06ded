package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of Kafka's clients: the application's, and those that the source needs. Holds secrets. Immutable. */
final class ClientSettings {

    static final ClientSettings NONE = new ClientSettings("", Map.of());

    private static final Set<String> OURS = Set.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    /** A poll costs about as much as some hundred records. */
    private static final int MOST_RECORDS = 4_000;

    /** As long as a producer's memory allows; topics have limits of their own. */
    private static final int MOST_SENT = 32 * 1024 * 1024;

    private static final int LONGEST_POLL_MILLIS = 300_000;
    private static final int ADMIN_TIMEOUT_MILLIS = 30_000;

    private final String bootstrap;
    private final Map<String, Object> given;

    private ClientSettings(String bootstrap, Map<String, Object> given) {
        this.bootstrap = bootstrap;
        this.given = given;
    }

    ClientSettings bootstrap(String servers) {
        return new ClientSettings(servers, given);
    }

    ClientSettings properties(Map<String, ?> more) {
        Set<String> ours = new TreeSet<>(more.keySet());
        ours.retainAll(OURS);
        if (!ours.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot set " + String.join(", ", ours)
                            + " of a topic's consumers: the source does; leave it out, see"
                            + " bootstrap(...), startingAt(...), resumingLostAt(...), reportingTo(...) and sharedBy(...)");
        }
        Map<String, Object> all = new HashMap<>(given);
        all.putAll(more);
        return new ClientSettings(bootstrap, Map.copyOf(all));
    }

    void check(String source) {
        if (bootstrap.isBlank()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read " + source + ": nobody says where its brokers are; set bootstrap(\"host:port\")");
        }
    }

    /** Whether records of open and of aborted transactions stay unseen. */
    boolean readsCommitted() {
        return !"read_uncommitted".equals(given.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
    }

    Map<String, Object> consumer(FetchSizes fetching) {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetching.atOnce());
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetching.ofPartition());
        all.putAll(given);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    /**
     * Of a consumer that is a member of a group and fetches nothing.
     *
     * @param looking how often it looks for partitions that are to be shared too
     */
    Map<String, Object> member(String group, Duration looking) {
        Map<String, Object> all = consumer(FetchSizes.NONE);
        all.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, Math.max(1, looking.toMillis()));
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        all.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return all;
    }

    /** After so long the group goes on without a member that does not say anything. */
    int longestPollMillis() {
        String name = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
        Object millis = given.getOrDefault(name, LONGEST_POLL_MILLIS);
        return (Integer) ConfigDef.parseType(name, millis, ConfigDef.Type.INT);
    }

    Map<String, Object> admin() {
        Map<String, Object> all = new HashMap<>();
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        all.putAll(givenTo(AdminClientConfig.configNames()));
        return all;
    }

    Map<String, Object> producer() {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_SENT);
        all.putAll(givenTo(ProducerConfig.configNames()));
        return all;
    }

    /** What these clients know too, and what no client does, for it may be a plug-in's. */
    private Map<String, Object> givenTo(Set<String> known) {
        Map<String, Object> shared = new HashMap<>(given);
        shared.keySet()
                .removeIf(name ->
                        !known.contains(name) && ConsumerConfig.configNames().contains(name));
        shared.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return shared;
    }

    @Override
    public String toString() {
        return bootstrap;
    }
}
