package io.mppconnect.transfer.reach;

import io.mppconnect.Diagnosis;
import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.Diagnosis.SegmentVerdict;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Segment;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.Session;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds out whether transfers can work and, if not, what stands in their way. Used once, by one thread. */
public final class Examination {

    /** However large the cluster, and however many of its segments fail. */
    private static final int MOST_ROUNDS = 200;

    private final Session session;
    private final Segments segments;
    private final Catalog catalog;
    private final Map<Integer, SegmentVerdict> verdicts = new TreeMap<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private final Set<String> sql = new LinkedHashSet<>();
    private String url = "";

    public Examination(Session session, Segments segments) {
        this.session = session;
        this.segments = segments;
        this.catalog = segments.catalog();
    }

    public Diagnosis run(Duration limit) throws SQLException {
        try {
            Segments.Access access = segments.unproven(session, TransferOptions.defaults());
            instances();
            privileges(access);
            ReachProbe probe = new ReachProbe(session, access, catalog);
            if (probe.isPossible()) {
                url = access.url("");
                ask(probe, limit);
            }
        } catch (MppConnectException e) {
            if (e.code() == ErrorCode.CONNECTION) {
                throw e;
            }
            findings.add(e.getMessage());
        }
        for (Segment segment : catalog.primaries()) {
            judge(segment.content(), url.isEmpty() ? Outcome.NOT_ASKED : Outcome.DID_NOT_CALL, "");
        }
        return new Diagnosis(url, List.copyOf(verdicts.values()), List.copyOf(findings), List.copyOf(sql));
    }

    private void instances() {
        for (Segment segment : catalog.segments()) {
            if (!segment.up()) {
                findings.add("the " + (segment.primary() ? "primary" : "mirror") + " of segment " + segment.content()
                        + " (" + segment.host() + ":" + segment.port() + ") is down; gprecoverseg brings it back");
            }
        }
    }

    private void privileges(Segments.Access access) {
        MissingPrivileges loading = MissingPrivileges.of(catalog, "load");
        access.needReadable(loading);
        MissingPrivileges unloading = MissingPrivileges.of(catalog, "unload");
        access.needWritable(unloading);
        missing(loading, "load");
        missing(unloading, "unload");
    }

    private void missing(MissingPrivileges missing, String use) {
        if (!missing.isEmpty()) {
            findings.add(missing.what() + ", and so not " + use);
            sql.addAll(missing.sql());
        }
    }

    /**
     * A statement ends with the first segment that fails, and it is always the same that is heard: so, once all together
     * have failed, one of them at a time is asked, whichever the database picks, until all are known.
     */
    private void ask(ReachProbe probe, Duration limit) throws SQLException {
        int count = catalog.primaries().size();
        ReachProbe.Answer together = probe.ask(limit);
        hear(together, limit);
        if (timedOut(together, limit)) {
            String reason =
                    ReachFailure.of(together.failure().orElseThrow(), limit).reason();
            probe.silent(together).forEach(segment -> judge(segment, Outcome.TIMED_OUT, reason));
        }
        int rounds = Math.min(MOST_ROUNDS, 8 + 6 * count);
        for (int round = 0; round < rounds && verdicts.size() < count; round++) {
            ReachProbe.Answer one = probe.askOne(limit);
            hear(one, limit);
            if (timedOut(one, limit)) {
                return;
            }
        }
    }

    /** Whether a segment that nobody names had all the time there was. */
    private static boolean timedOut(ReachProbe.Answer answer, Duration limit) {
        return answer.failure()
                .map(failure -> ReachFailure.of(failure, limit))
                .filter(failure -> failure.segment().isEmpty() && failure.outcome() == Outcome.TIMED_OUT)
                .isPresent();
    }

    private void hear(ReachProbe.Answer answer, Duration limit) {
        answer.from().forEach(this::reached);
        if (answer.failure().isEmpty()) {
            return;
        }
        ReachFailure failure = ReachFailure.of(answer.failure().get(), limit);
        if (!answer.refused().isEmpty()) {
            findings.add(ReachProbe.strangers(answer.refused()));
        } else {
            findings.add(failure.reason() + ": " + ReachProbe.advice(failure.outcome()));
        }
        failure.segment().ifPresent(segment -> judge(segment, failure.outcome(), failure.reason()));
    }

    private void reached(int segment, InetAddress from) {
        judge(segment, Outcome.REACHED, "from " + from.getHostAddress());
    }

    /** The first verdict stands. */
    private void judge(int segment, Outcome outcome, String detail) {
        String host = catalog.primaries().stream()
                .filter(primary -> primary.content() == segment)
                .map(Segment::host)
                .findFirst()
                .orElse("an unknown host");
        verdicts.putIfAbsent(segment, new SegmentVerdict(segment, host, outcome, detail));
    }
}
