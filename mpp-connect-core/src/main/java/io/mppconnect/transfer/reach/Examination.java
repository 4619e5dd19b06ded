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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds out whether transfers can work and, if not, what stands in their way. Used once, by one thread. */
public final class Examination {

    /** How many times what a question may take is spent on all of them, however many segments fail. */
    private static final int QUESTIONS = 2;

    private final Session session;
    private final Segments segments;
    private final Catalog catalog;
    private final Map<Integer, SegmentVerdict> verdicts = new TreeMap<>();
    private final Set<String> findings = new LinkedHashSet<>();
    /** What calls came to, and whose. */
    private final Map<Outcome, Complaint> complaints = new LinkedHashMap<>();

    private final Set<String> sql = new LinkedHashSet<>();
    private String url = "";

    public Examination(Session session, Segments segments) {
        this.session = session;
        this.segments = segments;
        this.catalog = segments.catalog();
    }

    /**
     * Asks the segments, and looks at the privileges.
     *
     * @param limit how long segments may take to call; twice that, about, is what all of it takes at most
     */
    public Diagnosis run(Duration limit) throws SQLException {
        Duration all = limit.multipliedBy(QUESTIONS);
        long deadline = System.nanoTime() + all.toNanos();
        String unheard = "";
        try {
            Segments.Access access = segments.unproven(session, TransferOptions.defaults());
            instances();
            privileges(access);
            ReachProbe probe = new ReachProbe(session, access, catalog);
            if (probe.isPossible()) {
                url = access.url("");
                unheard = ask(probe, limit, deadline)
                        ? ""
                        : "others failed before it, and the " + all.toSeconds() + " s of the diagnosis were over";
            }
        } catch (MppConnectException e) {
            if (e.code() == ErrorCode.CONNECTION) {
                throw e;
            }
            findings.add(e.getMessage());
        }
        complaints.forEach((outcome, complaint) -> findings.add(complaint.text(outcome)));
        for (Segment segment : catalog.primaries()) {
            judge(segment.content(), url.isEmpty() ? Outcome.NOT_ASKED : Outcome.DID_NOT_CALL, unheard);
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
     *
     * @return whether the time was enough
     */
    private boolean ask(ReachProbe probe, Duration limit, long deadline) throws SQLException {
        int count = catalog.primaries().size();
        ReachProbe.Answer together = probe.ask(limit);
        hear(together, limit);
        if (timedOut(together, limit)) {
            String reason =
                    ReachFailure.of(together.failure().orElseThrow(), limit).reason();
            probe.silent(together).forEach(segment -> {
                complaint(Outcome.TIMED_OUT).by().add(segment);
                judge(segment, Outcome.TIMED_OUT, reason);
            });
        }
        // Whom the database does not pick in so many rounds it never does.
        int rounds = 8 + 6 * count;
        for (int round = 0; round < rounds && verdicts.size() < count; round++) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Duration rest = Duration.ofNanos(Math.min(left, limit.toNanos()));
            ReachProbe.Answer one = probe.askOne(rest);
            hear(one, rest);
            if (timedOut(one, rest)) {
                return true;
            }
        }
        return true;
    }

    /** All segments to whom the same is to be said, and the words in which they have failed. */
    private record Complaint(Set<Integer> by, Set<String> reasons) {

        private String text(Outcome outcome) {
            String numbers = by.stream().map(String::valueOf).collect(Collectors.joining(", "));
            String who = by.isEmpty() ? "" : (by.size() == 1 ? "segment " : "segments ") + numbers + ": ";
            return who + String.join(", ", reasons) + "; " + ReachProbe.advice(outcome);
        }
    }

    private Complaint complaint(Outcome outcome) {
        return complaints.computeIfAbsent(outcome, unknown -> new Complaint(new TreeSet<>(), new LinkedHashSet<>()));
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
            Complaint complaint = complaint(failure.outcome());
            complaint.reasons().add(failure.reason());
            failure.segment().ifPresent(complaint.by()::add);
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
