package io.mppconnect.transfer.reach;

import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.Segment;
import io.mppconnect.segment.Acknowledgement;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentExchange;
import io.mppconnect.segment.UnloadExchange;
import io.mppconnect.segment.UnloadListener;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.session.Session;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** How long it may take, in seconds, until a segment that gives up is heard. */
    private static final long GIVING_UP = 2;

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
     * What came of a call of all segments.
     *
     * @param from where the calls of the segments that reached the server came from
     * @param refused addresses that are no segment's
     * @param failure what ended the statement, if anything did
     */
    record Answer(Map<Integer, InetAddress> from, Set<InetAddress> refused, Optional<SQLException> failure) {

        private static Answer of(SegmentExchange exchange, Optional<SQLException> failure) {
            Map<Integer, InetAddress> from = new TreeMap<>();
            exchange.traffic().forEach(part -> from.put(part.segment(), part.address()));
            return new Answer(from, exchange.refusedPeers(), failure);
        }
    }

    /** Whether the role may create what it takes to ask. */
    boolean isPossible() {
        ExternalTablePrivileges granted = access.privileges();
        return granted.temporary() && (granted.readable() || granted.writable());
    }

    /**
     * Returns whether there was a way to ask.
     *
     * @throws MppConnectException {@link ErrorCode#SEGMENTS_UNREACHABLE}, naming the segments and the address
     */
    boolean run(Duration limit) throws SQLException {
        if (!isPossible()) {
            return false;
        }
        Answer answer = ask(limit);
        if (answer.failure().isPresent()) {
            throw unreachable(answer, answer.failure().get(), limit);
        }
        return true;
    }

    /**
     * Has every segment call.
     *
     * @throws SQLException when it is not the segments' calls that failed
     */
    Answer ask(Duration limit) throws SQLException {
        return ask(limit, Map.of());
    }

    /** Has a single segment call, which the database picks anew each time; all, if the role can only unload. */
    Answer askOne(Duration limit) throws SQLException {
        return ask(limit, Map.of("gp_external_max_segs", "1"));
    }

    private Answer ask(Duration limit, Map<String, String> settings) throws SQLException {
        Answer[] answer = new Answer[1];
        session.undone(() -> {
            Map<String, String> all = new HashMap<>(settings);
            // Whoever gives up is to be heard, before the statement is cancelled and nobody says why.
            long retry = Math.min(LONGEST_RETRY, Math.max(1, limit.toSeconds() - GIVING_UP));
            all.put("gpfdist_retry_timeout", Long.toString(retry));
            session.set(all);
            Duration statement = Duration.ofSeconds(Math.max(retry + GIVING_UP, limit.toSeconds()));
            answer[0] = access.privileges().readable() ? pull(statement) : push(statement);
        });
        return answer[0];
    }

    private Answer pull(Duration limit) throws SQLException {
        try (LoadExchange exchange = access.server().openLoad(new QuietLoad(), access.peers())) {
            exchange.finish();
            ExternalTable table = table(exchange.path());
            session.execute(table.createReadable());
            return call(limit, exchange, "SELECT pg_catalog.count(*) FROM " + table.sqlName());
        }
    }

    private Answer push(Duration limit) throws SQLException {
        try (UnloadExchange exchange =
                access.server().openUnload(new AcceptAll(), MAX_BODY, MAX_BODY, access.peers())) {
            ExternalTable table = table(exchange.path());
            session.execute(table.createWritable("DISTRIBUTED RANDOMLY"));
            int rows = ROWS_PER_SEGMENT * catalog.primaries().size();
            return call(
                    limit,
                    exchange,
                    "INSERT INTO " + table.sqlName() + " SELECT n FROM pg_catalog.generate_series(1, " + rows
                            + ") AS n");
        }
    }

    private ExternalTable table(String path) {
        return ExternalTable.of(List.of(new ExternalColumn("n", "int4")), access.url(path), RowFormat.text());
    }

    private Answer call(Duration limit, SegmentExchange exchange, String sql) throws SQLException {
        try {
            session.execute(sql, limit);
            return Answer.of(exchange, Optional.empty());
        } catch (SQLException e) {
            Answer answer = Answer.of(exchange, Optional.of(e));
            if (silent(answer).isEmpty() || (LostConnection.in(e) && !mentionsServer(e))) {
                throw e;
            }
            return answer;
        }
    }

    private MppConnectException unreachable(Answer answer, SQLException failure, Duration limit) {
        String segments = silent(answer).stream().map(String::valueOf).collect(Collectors.joining(", "));
        String where = "Cannot be reached by segments " + segments + " at " + access.url("") + ": ";
        ReachFailure why = ReachFailure.of(failure, limit);
        String said =
                answer.refused().isEmpty() ? why.reason() + "; " + advice(why.outcome()) : strangers(answer.refused());
        return new MppConnectException(ErrorCode.SEGMENTS_UNREACHABLE, where + said, failure);
    }

    /** The segments that did not call. */
    Set<Integer> silent(Answer answer) {
        Set<Integer> silent = new TreeSet<>();
        catalog.primaries().stream().map(Segment::content).forEach(silent::add);
        silent.removeAll(answer.from().keySet());
        return silent;
    }

    /** What to do when segments cannot call. */
    static String advice(Outcome outcome) {
        return outcome == Outcome.TLS_FAILED
                ? "the server's certificate must name the host that segments dial and be signed by an authority of their"
                        + " gpfdists/root.crt, and their gpfdists/client.crt by one of Tls.clientAuthorities"
                : "name an address that their hosts can reach with ClusterOptions.advertisedHost, and let them through"
                        + " to its port";
    }

    static String strangers(Set<InetAddress> refused) {
        return "requests from "
                + refused.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
                + " were refused, for no segment in the catalog has that address; if segments come from there, add it"
                + " with ClusterOptions.acceptFrom";
    }

    /** A segment's failed call has the SQLSTATE of a lost connection, too. */
    private static boolean mentionsServer(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("gpfdist");
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
