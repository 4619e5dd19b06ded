package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.catalog.Segment;
import java.net.InetAddress;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Knows where segments come from; looks again when the catalog lists other instances, and now and then. Thread safe. */
final class PeerDirectory {

    /** Names may come to mean other addresses. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ClusterOptions options;
    private List<Segment> segments = List.of();
    private final long keptNanos;
    private final AtomicLong lookAgain;
    private volatile @Nullable SegmentPeers peers;
    private long since;

    PeerDirectory(ClusterOptions options) {
        this(options, KEPT);
    }

    PeerDirectory(ClusterOptions options, Duration kept) {
        this.options = options;
        this.keptNanos = kept.toNanos();
        this.lookAgain = new AtomicLong(System.nanoTime() + keptNanos);
    }

    synchronized SegmentPeers peers(Connection connection, List<Segment> now) throws SQLException {
        SegmentPeers known = peers;
        if (known != null && now.equals(segments) && System.nanoTime() - since < keptNanos) {
            return known;
        }
        try {
            SegmentPeers found = SegmentPeers.of(
                    options, now, options.acceptsFromAnywhere() ? Optional.empty() : coordinator(connection));
            peers = found;
            segments = now;
            since = System.nanoTime();
            lookAgain.set(since + keptNanos);
            return found;
        } catch (SocketException e) {
            throw new SQLException("Cannot list the addresses of this machine: " + e.getMessage(), e);
        }
    }

    /** Whether segments come from there, as far as was last seen. Quick. */
    boolean knows(InetAddress peer) {
        SegmentPeers known = peers;
        return known != null && known.test(peer);
    }

    /** Whether what was last seen is old; whoever is told so is to look, the others are not for a while. */
    boolean isToLookAgain() {
        long due = lookAgain.get();
        long now = System.nanoTime();
        return now - due >= 0 && lookAgain.compareAndSet(due, now + keptNanos);
    }

    /** The coordinator's own address; empty when its connections have none. */
    static Optional<String> coordinator(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_catalog.host(pg_catalog.inet_server_addr())");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }
}
