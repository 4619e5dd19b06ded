package io.mppconnect;

import io.mppconnect.segment.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where the embedded server listens and what segments are told to dial. Immutable; each method returns a changed copy.
 *
 * <p>By itself the server takes any free port of the address from which the coordinator sees this application come. Name
 * things here when segments reach the application by another way.
 */
public final class ClusterOptions {

    private static final ClusterOptions DEFAULTS = new ClusterOptions(new Values());

    /** Which requests are served: those of segments, of these hosts and networks too, or whosever. */
    private record AcceptedPeers(boolean anywhere, List<String> added) {}

    private final Values values;

    private ClusterOptions(Values values) {
        this.values = values;
    }

    /** The options themselves: changed in a fresh copy alone, before anybody else sees it. */
    private static final class Values {

        private Optional<String> advertisedHost = Optional.empty();
        private Optional<String> bindAddress = Optional.empty();
        private int firstPort;
        private int lastPort;
        private AcceptedPeers accepted = new AcceptedPeers(false, List.of());
        private Optional<Tls> tls = Optional.empty();
        private String jobSchema = "mpp_connect";

        private Values copy() {
            Values copy = new Values();
            copy.advertisedHost = advertisedHost;
            copy.bindAddress = bindAddress;
            copy.firstPort = firstPort;
            copy.lastPort = lastPort;
            copy.accepted = accepted;
            copy.tls = tls;
            copy.jobSchema = jobSchema;
            return copy;
        }
    }

    private ClusterOptions with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new ClusterOptions(copy);
    }

    /** Everything found out by itself: addresses, a free port, only segments let in, no TLS. */
    public static ClusterOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Reads the options out of properties: {@code server.advertised-host}, {@code server.bind-address},
     * {@code server.port} ({@code 8080} or {@code 8000-8100}), {@code server.accept-from} ({@code segments}, {@code
     * anywhere}, or hosts and networks to add, between commas), {@code server.tls.certificate}, {@code
     * server.tls.key}, {@code server.tls.client-authorities} (PEM files), {@code server.tls.client-certificates} ({@code
     * required} or {@code none}), {@code jobs.schema}.
     *
     * @throws MppConnectException with every unknown or wrong property
     */
    static ClusterOptions from(Properties properties) {
        List<String> problems = new ArrayList<>();
        ClusterOptions options = DEFAULTS;
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            try {
                options = options.with(key, properties.getProperty(key).strip());
            } catch (MppConnectException e) {
                problems.add(e.getMessage());
            }
        }
        try {
            options = TlsProperties.of(properties).map(options::tls).orElse(options);
        } catch (MppConnectException e) {
            problems.add(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid cluster properties: " + String.join("; ", problems));
        }
        return options;
    }

    private ClusterOptions with(String key, String value) {
        return switch (key) {
            case "url", "user", "password" -> this;
            case "server.advertised-host" -> advertisedHost(value);
            case "server.bind-address" -> bindAddress(value);
            case "server.port" -> ports(value);
            case "server.accept-from" -> accepting(value);
            case "jobs.schema" -> jobSchema(value);
            default -> {
                if (TlsProperties.isOne(key)) {
                    yield this;
                }
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "unknown property " + key + "; known are url, user, password, server.advertised-host,"
                                + " server.bind-address, server.port, server.accept-from, jobs.schema, "
                                + String.join(", ", TlsProperties.KEYS));
            }
        };
    }

    /** The host name or address that segments dial. Default: the address the coordinator sees. */
    public ClusterOptions advertisedHost(String host) {
        return with(copy -> copy.advertisedHost = Optional.of(host));
    }

    /**
     * The local address the server listens on. Default: the advertised one, or all when that is not an address of this
     * machine.
     */
    public ClusterOptions bindAddress(String address) {
        return with(copy -> copy.bindAddress = Optional.of(address));
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
        return with(copy -> {
            copy.firstPort = first;
            copy.lastPort = last;
        });
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

    /**
     * Serves requests from these hosts and networks too. By default a transfer's requests are served only when they
     * come from an address that the catalog's host names and addresses stand for, or from this machine if a segment
     * runs on it.
     *
     * @param hosts names, addresses, or networks such as {@code 10.1.0.0/16}
     */
    public ClusterOptions acceptFrom(String... hosts) {
        List<String> added = new ArrayList<>(values.accepted.added());
        for (String host : hosts) {
            String name = host.strip();
            if (name.isEmpty() || (name.indexOf('/') >= 0 && Network.parse(name).isEmpty())) {
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Invalid host to accept from: '" + name
                                + "'; write a name, an address, or a network such as 10.1.0.0/16");
            }
            added.add(name);
        }
        return with(copy -> copy.accepted = new AcceptedPeers(copy.accepted.anywhere(), List.copyOf(added)));
    }

    /**
     * Serves requests from any address: for segments behind a NAT that hides where they come from. What guards a transfer
     * then is the random path of its URL, and TLS.
     */
    public ClusterOptions acceptFromAnywhere() {
        return with(copy -> copy.accepted = new AcceptedPeers(true, copy.accepted.added()));
    }

    /** Has segments dial with TLS: {@code gpfdists} in the place of {@code gpfdist}. Default: plain. */
    public ClusterOptions tls(Tls files) {
        return with(copy -> copy.tls = Optional.of(files));
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
        return with(copy -> copy.jobSchema = name);
    }

    private ClusterOptions accepting(String value) {
        return switch (value) {
            case "anywhere" -> acceptFromAnywhere();
            case "segments" -> this;
            default -> acceptFrom(value.split(",", -1));
        };
    }

    /** The host that segments dial; empty to take the address that the coordinator sees. Default: empty. */
    public Optional<String> advertisedHost() {
        return values.advertisedHost;
    }

    /** The local address to listen on; empty to take the advertised one if it is local, else all. Default: empty. */
    public Optional<String> bindAddress() {
        return values.bindAddress;
    }

    /** 0 for any free port. */
    public int firstPort() {
        return values.firstPort;
    }

    /** The last port that the server may take; 0 for any free one. Default: 0. */
    public int lastPort() {
        return values.lastPort;
    }

    /** The hosts and networks that requests may come from besides the segments'. */
    public List<String> acceptedFrom() {
        return values.accepted.added();
    }

    /** Whether requests are served wherever they come from. */
    public boolean acceptsFromAnywhere() {
        return values.accepted.anywhere();
    }

    /** The files of TLS; empty to speak none. Default: empty. */
    public Optional<Tls> tls() {
        return values.tls;
    }

    /** The schema of the tables of jobs. Default: {@code mpp_connect}. */
    public String jobSchema() {
        return values.jobSchema;
    }
}
