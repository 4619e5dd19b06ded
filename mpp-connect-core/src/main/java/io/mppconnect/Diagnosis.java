package io.mppconnect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What {@link MppCluster#diagnose} found. Prints as a report for people.
 *
 * @param url where segments were told to dial; empty when there was no way to ask them
 * @param segments what became of each primary segment's call, in the order of their ids
 * @param findings what is wrong, with what to do about it; none when all is well
 * @param sql statements for a superuser that would mend it
 */
public record Diagnosis(String url, List<SegmentVerdict> segments, List<String> findings, List<String> sql) {

    public Diagnosis {
        segments = List.copyOf(segments);
        findings = List.copyOf(findings);
        sql = List.copyOf(sql);
    }

    /** What became of a segment's call. */
    public enum Outcome {
        /** It reached the server and was served. */
        REACHED,
        /** Nothing listens where it dialled, or something in between says no. */
        REFUSED,
        /** Nobody answered in time. */
        TIMED_OUT,
        /** Its machine has no way to the address. */
        NO_ROUTE,
        /** Its machine does not know the host name. */
        UNKNOWN_HOST,
        /** The two do not accept each other's certificates, or it has none. */
        TLS_FAILED,
        /** It came from an address that the catalog does not know. */
        STRANGE_ADDRESS,
        /** It failed in another way. */
        FAILED,
        /** The failure of others ended the statement before it called, and nobody knows whether it could. */
        DID_NOT_CALL,
        /** It was not asked. */
        NOT_ASKED
    }

    /**
     * What became of one segment's call.
     *
     * @param segment its content id
     * @param host the name of its machine
     * @param detail in words: where it came from, or what went wrong
     */
    public record SegmentVerdict(int segment, String host, Outcome outcome, String detail) {

        @Override
        public String toString() {
            return "segment " + segment + " on " + host + ": " + fate();
        }

        private String fate() {
            return outcome + (detail.isEmpty() ? "" : ", " + detail);
        }
    }

    private static String fate(SegmentVerdict verdict) {
        return verdict.outcome() == Outcome.REACHED
                ? "reached " + verdict.segment()
                : verdict.outcome() + verdict.detail();
    }

    private static String line(List<SegmentVerdict> alike) {
        SegmentVerdict first = alike.get(0);
        if (alike.size() == 1) {
            return first.toString();
        }
        String numbers = alike.stream().map(verdict -> "" + verdict.segment()).collect(Collectors.joining(", "));
        String hosts = alike.stream().map(SegmentVerdict::host).distinct().collect(Collectors.joining(", "));
        return "segments " + numbers + " on " + hosts + ": " + first.fate();
    }

    /** Whether every segment reached the server and nothing else is wrong. */
    public boolean healthy() {
        return findings.isEmpty() && segments.stream().allMatch(verdict -> verdict.outcome() == Outcome.REACHED);
    }

    /** A report of some lines; segments of the same fate, but for those that reached the server, share one. */
    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(url.isEmpty() ? "segments were not asked" : "segments dialled " + url);
        segments.stream()
                .collect(Collectors.groupingBy(Diagnosis::fate, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> lines.add("  " + line(alike)));
        findings.forEach(finding -> lines.add("- " + finding));
        sql.forEach(statement -> lines.add("  " + statement + ";"));
        return lines.toString();
    }
}
