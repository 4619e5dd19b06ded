package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.Segment;
import io.mppconnect.segment.Acknowledgement;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentExchange;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.segment.UnloadExchange;
import io.mppconnect.segment.UnloadListener;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.ExternalTable.ExternalColumn;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Has every segment call the server once, before anything depends on it. A segment that cannot reach a wrong address
 * would otherwise try for {@code gpfdist_retry_timeout}, five minutes by default.
 */
final class ReachProbe {

    /** Enough for a random distribution to hit every segment, not that a missed one would matter. */
    private static final int ROWS_PER_SEGMENT = 64;

    /** The largest value of the database's own setting, in seconds. */
    private static final long LONGEST_RETRY = 7200;

    private static final String CANCELLED = "57014";

    /** {@code error code = 111 (Connection refused)}. */
    private static final Pattern SYSTEM_ERROR = Pattern.compile("error code = \\d+ \\(([^)]*)\\)");

    private static final int MAX_BODY = 1024 * 1024;

    private final Session session;
    private final Segments.Access access;
    private final Catalog catalog;

    ReachProbe(Session session, Segments.Access access, Catalog catalog) {
        this.session = session;
        this.access = access;
        this.catalog = catalog;
    }

    /**
     * Returns whether there was a way to ask; the role may have no privilege for it.
     *
     * @throws MppConnectException {@link ErrorCode#SEGMENTS_UNREACHABLE}, naming the segments and the address
     */
    boolean run(Duration limit) throws SQLException {
        if (!access.privileges().readable() && !access.privileges().writable()) {
            return false;
        }
        session.undone(() -> call(limit));
        return true;
    }

    private void call(Duration limit) throws SQLException {
        long seconds = Math.max(1, limit.toSeconds());
        session.set(Map.of("gpfdist_retry_timeout", Long.toString(Math.min(LONGEST_RETRY, seconds))));
        if (access.privileges().readable()) {
            pull(limit);
        } else {
            push(limit);
        }
    }

    private void pull(Duration limit) throws SQLException {
        try (LoadExchange exchange = access.server().openLoad(new QuietLoad(), access.peers())) {
            exchange.finish();
            ExternalTable table = table(exchange.path());
            session.execute(table.createReadable());
            call(limit, exchange, "SELECT pg_catalog.count(*) FROM " + table.sqlName());
        }
    }

    private void push(Duration limit) throws SQLException {
        try (UnloadExchange exchange = access.server().openUnload(new AcceptAll(), MAX_BODY, MAX_BODY, access.peers())) {
            ExternalTable table = table(exchange.path());
            session.execute(table.createWritable("DISTRIBUTED RANDOMLY"));
            int rows = ROWS_PER_SEGMENT * catalog.primaries().size();
            call(
                    limit,
                    exchange,
                    "INSERT INTO " + table.sqlName() + " SELECT n FROM pg_catalog.generate_series(1, " + rows
                            + ") AS n");
        }
    }

    private ExternalTable table(String path) {
        return ExternalTable.of(List.of(new ExternalColumn("n", "int4")), access.url(path), RowFormat.text());
    }

    private void call(Duration limit, SegmentExchange exchange, String sql) throws SQLException {
        try {
            session.execute(sql, limit);
        } catch (SQLException e) {
            Set<Integer> silent = silent(exchange.traffic());
            if (silent.isEmpty() || (LostConnection.in(e) && !mentionsServer(e))) {
                throw e;
            }
            String where = "Cannot be reached by segments " + joined(silent) + " at " + access.url("") + ": ";
            if (!exchange.refusedPeers().isEmpty()) {
                throw new MppConnectException(ErrorCode.SEGMENTS_UNREACHABLE, where + strangers(exchange), e);
            }
            throw new MppConnectException(
                    ErrorCode.SEGMENTS_UNREACHABLE,
                    where + reason(e, limit)
                            + "; name an address that their hosts can reach with ClusterOptions.advertisedHost, and let"
                            + " them through to its port",
                    e);
        }
    }

    private static String strangers(SegmentExchange exchange) {
        return "requests from "
                + exchange.refusedPeers().stream()
                        .map(InetAddress::getHostAddress)
                        .collect(Collectors.joining(", "))
                + " were refused, for no segment in the catalog has that address; if segments come from there, add it"
                + " with ClusterOptions.acceptFrom";
    }

    private Set<Integer> silent(List<SegmentTraffic> traffic) {
        Set<Integer> silent = new TreeSet<>();
        catalog.primaries().stream().map(Segment::content).forEach(silent::add);
        traffic.forEach(part -> silent.remove(part.segment()));
        return silent;
    }

    /** A segment's failed call has the SQLSTATE of a lost connection, too. */
    private static boolean mentionsServer(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("gpfdist");
    }

    private static String reason(SQLException failure, Duration limit) {
        if (CANCELLED.equals(failure.getSQLState())) {
            return "no call within " + limit.toSeconds() + " s";
        }
        Matcher system = SYSTEM_ERROR.matcher(String.valueOf(failure.getMessage()));
        return system.find() ? system.group(1) : String.valueOf(failure.getMessage());
    }

    private static String joined(Set<Integer> segments) {
        return segments.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Takes and forgets the probe's rows. */
    private static final class AcceptAll implements UnloadListener {
        @Override
        public void opened(int segment, Acknowledgement acknowledgement) {
            acknowledgement.accept();
        }

        @Override
        public void received(int segment, byte[] bytes, int length, Acknowledgement acknowledgement) {
            acknowledgement.accept();
        }

        @Override
        public void done(int segment, Acknowledgement acknowledgement) {
            acknowledgement.accept();
        }

        @Override
        public void broken(int segment, String reason) {
            // The probe's statement fails, and says why.
        }
    }
}
