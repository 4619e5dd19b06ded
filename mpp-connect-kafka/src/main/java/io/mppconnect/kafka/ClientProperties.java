package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What an application sets of Kafka's clients. Holds secrets. Immutable. */
final class ClientProperties {

    static final ClientProperties NONE = new ClientProperties("", Map.of());

    private static final int ADMIN_TIMEOUT_MILLIS = 30_000;

    private final String bootstrap;
    private final Map<String, Object> given;

    private ClientProperties(String bootstrap, Map<String, Object> given) {
        this.bootstrap = bootstrap;
        this.given = given;
    }

    ClientProperties bootstrap(String servers) {
        return new ClientProperties(servers, given);
    }

    /**
     * With more of them.
     *
     * @param ours those that are not the application's to set
     * @param why whose clients they are of, who sets them, and how
     * @throws MppConnectException when some are ours
     */
    ClientProperties and(Map<String, ?> more, Set<String> ours, String why) {
        Set<String> refused = new TreeSet<>(more.keySet());
        refused.retainAll(ours);
        if (!refused.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot set " + String.join(", ", refused) + " of " + why);
        }
        Map<String, Object> all = new HashMap<>(given);
        all.putAll(more);
        return new ClientProperties(bootstrap, Map.copyOf(all));
    }

    /** @throws MppConnectException when brokers are not named */
    void requireBrokers(String what) {
        if (bootstrap.isBlank()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot " + what + ": nobody says where its brokers are; set bootstrap(\"host:port\")");
        }
    }

    Object getOrDefault(String name, Object otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    /** All, and defaults of ours where nothing is given. */
    Map<String, Object> over(Map<String, Object> defaults) {
        return named(given, defaults);
    }

    /**
     * Those of another client than the one they are for: what it knows too, and what neither does, for it may be a
     * plug-in's.
     */
    Map<String, Object> over(Map<String, Object> defaults, Set<String> known, Set<String> unshared) {
        Map<String, Object> shared = new HashMap<>(given);
        shared.keySet().removeIf(name -> !known.contains(name) && unshared.contains(name));
        return named(shared, defaults);
    }

    /** @param unshared what the client that they are for knows */
    Map<String, Object> admin(Set<String> unshared) {
        Map<String, Object> defaults = Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
        return over(defaults, AdminClientConfig.configNames(), unshared);
    }

    private Map<String, Object> named(Map<String, Object> properties, Map<String, Object> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return all;
    }

    @Override
    public String toString() {
        return bootstrap;
    }
}
