package io.mppconnect.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of Kafka's clients: the application's, and those that the source needs. Holds secrets. Immutable. */
final class ClientSettings {

    static final ClientSettings NONE = new ClientSettings(ClientProperties.NONE);

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

    private final ClientProperties properties;

    private ClientSettings(ClientProperties properties) {
        this.properties = properties;
    }

    ClientSettings bootstrap(String servers) {
        return new ClientSettings(properties.bootstrap(servers));
    }

    ClientSettings properties(Map<String, ?> more) {
        return new ClientSettings(properties.and(
                more,
                OURS,
                "a topic's consumers: the source does; leave it out, see bootstrap(...), startingAt(...),"
                        + " resumingLostAt(...), reportingTo(...) and sharedBy(...)"));
    }

    void check(String source) {
        properties.requireBrokers("read " + source);
    }

    /** Whether records of open and of aborted transactions stay unseen. */
    boolean readsCommitted() {
        return !"read_uncommitted".equals(properties.getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, ""));
    }

    Map<String, Object> consumer(FetchSizes fetching) {
        Map<String, Object> all = properties.over(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MOST_RECORDS,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                fetching.atOnce(),
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                fetching.ofPartition()));
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
        Object millis = properties.getOrDefault(name, LONGEST_POLL_MILLIS);
        return (Integer) ConfigDef.parseType(name, millis, ConfigDef.Type.INT);
    }

    Map<String, Object> admin() {
        return properties.admin(ConsumerConfig.configNames());
    }

    /** Of dead letters. */
    Map<String, Object> producer() {
        Map<String, Object> defaults = Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_SENT);
        return properties.over(defaults, ProducerConfig.configNames(), ConsumerConfig.configNames());
    }

    @Override
    public String toString() {
        return properties.toString();
    }
}
