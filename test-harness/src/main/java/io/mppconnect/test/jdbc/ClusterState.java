package io.mppconnect.test.jdbc;

import io.mppconnect.test.endpoint.EndpointServer;
import io.mppconnect.test.segment.Segment;
import io.mppconnect.test.sql.SqlParser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** What all sessions of one embedded cluster share. Thread safe. */
public final class ClusterState {

    private final int port;
    private final int segments;
    private final Administration administration;
    private final FaultPlan faults;
    private final EndpointServer endpoints;
    private final Optional<SSLContext> certificates;
    private final Set<String> externalTables = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions;
    private final long startSeconds = System.currentTimeMillis() / 1000;
    private final SqlParser parser;

    /**
     * @param port where the coordinator listens
     * @param segments how many primary segments there are
     * @param settings the names of the settings that PostgreSQL lacks
     * @param endpoints where retrieve connections go
     * @param certificates what segments present and trust when they speak gpfdists; empty when they have none
     */
    public ClusterState(
            int port,
            int segments,
            Set<String> settings,
            Administration administration,
            FaultPlan faults,
            EndpointServer endpoints,
            Optional<SSLContext> certificates) {
        this.port = port;
        this.segments = segments;
        this.administration = administration;
        this.faults = faults;
        this.endpoints = endpoints;
        this.certificates = certificates;
        // Clusters side by side number their sessions apart, so that no two scans look alike to one server.
        this.sessions = new AtomicInteger(port);
        this.parser = new SqlParser(
                Set.copyOf(settings)::contains, name -> externalTables.contains(name.toLowerCase(Locale.ROOT)));
    }

    int port() {
        return port;
    }

    int segmentCount() {
        return segments;
    }

    Administration administration() {
        return administration;
    }

    Optional<SSLContext> certificates() {
        return certificates;
    }

    FaultPlan faults() {
        return faults;
    }

    EndpointServer endpoints() {
        return endpoints;
    }

    SqlParser parser() {
        return parser;
    }

    int nextSession() {
        return sessions.incrementAndGet();
    }

    long startSeconds() {
        return startSeconds;
    }

    /** Remembers that a table of this name may be external from now on. */
    void mayBeExternal(String table) {
        externalTables.add(table.toLowerCase(Locale.ROOT));
    }

    /** The segments as one session sees them: their processes are its own. */
    List<Segment> segmentsOf(int backendProcess) {
        return IntStream.range(0, segments)
                .mapToObj(content -> new Segment(
                        content, segments, port + 1 + content, dataDirectory(content), backendProcess + 1 + content))
                .toList();
    }

    /** The directory that a segment would have; -1 is the coordinator. */
    public static String dataDirectory(int content) {
        return "/data/seg" + content;
    }
}
