package io.mppconnect.transfer;

import io.mppconnect.Diagnosis;
import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.Diagnosis.SegmentVerdict;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.catalog.Segment;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds out whether transfers can work and, if not, what stands in their way. Used once, by one thread. */
final class Examination {

    /** A statement ends with the first segment that fails: it takes several to hear of many. */
    private static final int ROUNDS = 5;

    private final Session session;
    private final Segments segments;
    private final Catalog catalog;
    private final Map<Integer, SegmentVerdict> verdicts = new TreeMap<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private final List<String> sql = new ArrayList<>();
    private String url = "";

    Examination(Session session, Segments segments) {
        this.session = session;
        this.segments = segments;
        this.catalog = segments.catalog();
    }

    Diagnosis run(Duration limit) throws SQLException {
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
        return new Diagnosis(url, List.copyOf(verdicts.values()), List.copyOf(findings), sql);
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
        ExternalTablePrivileges granted = access.privileges();
        if (!granted.readable()) {
            missing(access.role(), "readable", "load");
        }
        if (!granted.writable()) {
            missing(access.role(), "writable", "unload");
        }
    }

    private void missing(String role, String type, String use) {
        findings.add("role " + role + " may not create " + type + " gpfdist external tables, and so not " + use);
        sql.add(Segments.Access.allowing(role, type));
    }

    private void ask(ReachProbe probe, Duration limit) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            ReachProbe.Answer answer = probe.ask(limit);
            answer.from().forEach(this::reached);
            if (answer.failure().isEmpty()) {
                return;
            }
            if (!answer.refused().isEmpty()) {
                findings.add(ReachProbe.strangers(answer.refused()));
            }
            ReachFailure failure = ReachFailure.of(answer.failure().get(), limit);
            boolean waited = failure.segment().isEmpty() && failure.outcome() == Outcome.TIMED_OUT;
            failure.segment().ifPresent(segment -> judge(segment, failure.outcome(), failure.reason()));
            if (failure.outcome() != Outcome.STRANGE_ADDRESS) {
                findings.add(failure.reason() + ": " + ReachProbe.advice(failure.outcome()));
            }
            if (waited) {
                probe.silent(answer).forEach(segment -> judge(segment, failure.outcome(), failure.reason()));
            }
            if (waited || verdicts.size() == catalog.primaries().size()) {
                return;
            }
        }
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
