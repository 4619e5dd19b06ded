package io.mppconnect;

import io.mppconnect.segment.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Where the embedded server listens and what segments are told to dial. Immutable; each method returns a changed copy.
 *
 * <p>By itself the server takes any free port of the address from which the coordinator sees this application come. Name
 * things here when segments reach the application by another way.
 */
public final class ClusterOptions {

    private static final ClusterOptions DEFAULTS = new ClusterOptions(
            Optional.empty(), Optional.empty(), 0, 0, new AcceptedPeers(false, List.of()), Optional.empty());

    /** Which requests are served: those of segments, of these hosts and networks too, or whosever. */
    private record AcceptedPeers(boolean anywhere, List<String> added) {}

    private final Optional<String> advertisedHost;
    private final Optional<String> bindAddress;
    private final int firstPort;
    private final int lastPort;
    private final AcceptedPeers accepted;
    private final Optional<Tls> tls;

    private ClusterOptions(
            Optional<String> advertisedHost,
            Optional<String> bindAddress,
            int firstPort,
            int lastPort,
            AcceptedPeers accepted,
            Optional<Tls> tls) {
        this.advertisedHost = advertisedHost;
        this.bindAddress = bindAddress;
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.accepted = accepted;
        this.tls = tls;
    }

    public static ClusterOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Reads the options out of properties: {@code server.advertised-host}, {@code server.bind-address},
     * {@code server.port} ({@code 8080} or {@code 8000-8100}), {@code server.accept-from} ({@code segments}, {@code
     * anywhere}, or hosts and networks to add, between commas), {@code server.tls.certificate}, {@code
     * server.tls.key}, {@code server.tls.client-authorities} (PEM files), {@code server.tls.client-certificates} ({@code
     * required} or {@code none}).
     *
     * @throws MppConnectException with every unknown or wrong {@code server.} property
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
            case "server.accept-from" -> acceptFrom(value);
            default -> {
                if (TlsProperties.isOne(key)) {
                    yield this;
                }
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "unknown property " + key + "; known are url, user, password, server.advertised-host,"
                                + " server.bind-address, server.port, server.accept-from, "
                                + String.join(", ", TlsProperties.KEYS));
            }
        };
    }

    /** The host name or address that segments dial. Default: the address the coordinator sees. */
    public ClusterOptions advertisedHost(String host) {
        return new ClusterOptions(Optional.of(host), bindAddress, firstPort, lastPort, accepted, tls);
    }

    /**
     * The local address the server listens on. Default: the advertised one, or all when that is not an address of this
     * machine.
     */
    public ClusterOptions bindAddress(String address) {
        return new ClusterOptions(advertisedHost, Optional.of(address), firstPort, lastPort, accepted, tls);
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
        return new ClusterOptions(advertisedHost, bindAddress, first, last, accepted, tls);
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
        List<String> added = new ArrayList<>(accepted.added());
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
        return new ClusterOptions(
                advertisedHost, bindAddress, firstPort, lastPort, new AcceptedPeers(accepted.anywhere(), List.copyOf(added)), tls);
    }

    /**
     * Serves requests from any address: for segments behind a NAT that hides where they come from. What guards a transfer
     * then is the random path of its URL, and TLS.
     */
    public ClusterOptions acceptFromAnywhere() {
        return new ClusterOptions(
                advertisedHost, bindAddress, firstPort, lastPort, new AcceptedPeers(true, accepted.added()), tls);
    }

    /** Has segments dial with TLS: {@code gpfdists} in the place of {@code gpfdist}. Default: plain. */
    public ClusterOptions tls(Tls files) {
        return new ClusterOptions(advertisedHost, bindAddress, firstPort, lastPort, accepted, Optional.of(files));
    }

    private ClusterOptions acceptFrom(String value) {
        return switch (value) {
            case "anywhere" -> acceptFromAnywhere();
            case "segments" -> this;
            default -> acceptFrom(value.split(",", -1));
        };
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

    /** The hosts and networks that requests may come from besides the segments'. */
    public List<String> acceptedFrom() {
        return accepted.added();
    }

    /** Whether requests are served wherever they come from. */
    public boolean acceptsFromAnywhere() {
        return accepted.anywhere();
    }

    public Optional<Tls> tls() {
        return tls;
    }
}
