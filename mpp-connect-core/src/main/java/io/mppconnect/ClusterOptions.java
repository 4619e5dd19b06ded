package io.mppconnect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Where the embedded server listens, what segments are told to dial, and where jobs are kept. Immutable; each method returns a changed copy.
 *
 * <p>By itself the server takes any free port of the address from which the coordinator sees this application come. Name
 * things here when segments reach the application by another way.
 */
public final class ClusterOptions {

    private static final ClusterOptions DEFAULTS =
            new ClusterOptions(Optional.empty(), Optional.empty(), 0, 0, "mpp_connect");

    private final Optional<String> advertisedHost;
    private final Optional<String> bindAddress;
    private final int firstPort;
    private final int lastPort;
    private final String jobSchema;

    private ClusterOptions(
            Optional<String> advertisedHost,
            Optional<String> bindAddress,
            int firstPort,
            int lastPort,
            String jobSchema) {
        this.advertisedHost = advertisedHost;
        this.bindAddress = bindAddress;
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.jobSchema = jobSchema;
    }

    public static ClusterOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Reads the options out of properties: {@code server.advertised-host}, {@code server.bind-address},
     * {@code server.port} ({@code 8080} or {@code 8000-8100}), {@code jobs.schema}.
     *
     * @throws MppConnectException with every unknown or wrong property
     */
    static ClusterOptions from(Properties properties) {
        List<String> problems = new ArrayList<>();
        ClusterOptions options = DEFAULTS;
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(key).strip();
            try {
                options = switch (key) {
                    case "url", "user", "password" -> options;
                    case "server.advertised-host" -> options.advertisedHost(value);
                    case "server.bind-address" -> options.bindAddress(value);
                    case "server.port" -> options.ports(value);
                    case "jobs.schema" -> options.jobSchema(value);
                    default ->
                        throw new MppConnectException(
                                ErrorCode.INVALID_OPTION,
                                "unknown property " + key + "; known are url, user, password, server.advertised-host,"
                                        + " server.bind-address, server.port, jobs.schema");
                };
            } catch (MppConnectException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid cluster properties: " + String.join("; ", problems));
        }
        return options;
    }

    /** The host name or address that segments dial. Default: the address the coordinator sees. */
    public ClusterOptions advertisedHost(String host) {
        return new ClusterOptions(Optional.of(host), bindAddress, firstPort, lastPort, jobSchema);
    }

    /**
     * The local address the server listens on. Default: the advertised one, or all when that is not an address of this
     * machine.
     */
    public ClusterOptions bindAddress(String address) {
        return new ClusterOptions(advertisedHost, Optional.of(address), firstPort, lastPort, jobSchema);
    }

    /** The port the server listens on. Default: any free one. */
    public ClusterOptions port(int port) {
        return ports(port, port);
    }

    /** The server takes the first free port of these. */
    public ClusterOptions ports(int first, int last) {
        if (first < 1 || last > 65535 || first > last) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid port range: " + first + "-" + last + "; ports go from 1 to 65535, the first one first");
        }
        return new ClusterOptions(advertisedHost, bindAddress, first, last, jobSchema);
    }

    /**
     * The schema that holds the tables of {@linkplain ParallelTransfer#exactlyOnce jobs}, {@code ledger} and
     * {@code positions}; made by the first job if it is not there. Default: {@code mpp_connect}.
     *
     * @param name as the catalog has it
     */
    public ClusterOptions jobSchema(String name) {
        if (name.isBlank()) {
            throw new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid job schema: it is blank; name a schema");
        }
        return new ClusterOptions(advertisedHost, bindAddress, firstPort, lastPort, name);
    }

    private ClusterOptions ports(String range) {
        String[] ends = range.split("-", 2);
        try {
            return ports(Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[ends.length - 1].strip()));
        } catch (NumberFormatException e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid server.port: " + range + "; write a port or a range such as 8000-8100",
                    e);
        }
    }

    public Optional<String> advertisedHost() {
        return advertisedHost;
    }

    public Optional<String> bindAddress() {
        return bindAddress;
    }

    /** 0 for any free port. */
    public int firstPort() {
        return firstPort;
    }

    public int lastPort() {
        return lastPort;
    }

    public String jobSchema() {
        return jobSchema;
    }
}
