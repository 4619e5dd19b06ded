package io.mppconnect.transfer.reach;

import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.catalog.ServerWords;
import io.mppconnect.transfer.failure.FailureReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a segment could not call, read from what the database says of it.
 *
 * @param segment which one, when the message tells
 * @param reason in words
 */
record ReachFailure(OptionalInt segment, Outcome outcome, String reason) {

    private static final String CANCELLED = "57014";

    /** {@code error code = 111 (Connection refused)}. */
    private static final Pattern SYSTEM_ERROR = Pattern.compile("error code = (\\d+) \\(([^)]*)\\)");

    /** What libcurl says, behind the URLs. */
    private static final Pattern CURL_ERROR = Pattern.compile("effective url: \"[^\"]*\": *;? *(.+)$", Pattern.DOTALL);

    /** All that libcurl says when the connection was there, and then was not. */
    private static final Pattern NOTHING = Pattern.compile("[;\\s]*");

    /** Each attempt has a path of its own, which says nothing to people. */
    private static final Pattern PATH = Pattern.compile("(://[^/\\s\"']+)/[0-9a-f]{32}");

    static ReachFailure of(SQLException failure, Duration limit) {
        if (CANCELLED.equals(failure.getSQLState())) {
            return new ReachFailure(
                    OptionalInt.empty(), Outcome.TIMED_OUT, "no call within " + Math.max(1, limit.toSeconds()) + " s");
        }
        String said = ServerWords.of(failure);
        Matcher suffix = FailureReport.SEGMENT.matcher(said);
        OptionalInt segment = suffix.find() ? OptionalInt.of(Integer.parseInt(suffix.group(1))) : OptionalInt.empty();
        String message = suffix.replaceAll("");
        Matcher system = SYSTEM_ERROR.matcher(message);
        if (system.find()) {
            return new ReachFailure(segment, ofSystemError(system.group(1)), system.group(2));
        }
        Matcher curl = CURL_ERROR.matcher(message);
        String reason = curl.find() ? curl.group(1) : message;
        if (NOTHING.matcher(reason).matches()) {
            return new ReachFailure(segment, Outcome.FAILED, "the connection ended without an answer");
        }
        Outcome outcome = ofWords(message, reason);
        return new ReachFailure(
                segment,
                outcome,
                outcome == Outcome.UNKNOWN_HOST
                        ? "its machine cannot resolve the host name"
                        : PATH.matcher(reason).replaceAll("$1"));
    }

    private static Outcome ofSystemError(String number) {
        return switch (number) {
            case "111" -> Outcome.REFUSED;
            case "110" -> Outcome.TIMED_OUT;
            case "101", "113" -> Outcome.NO_ROUTE;
            default -> Outcome.FAILED;
        };
    }

    private static Outcome ofWords(String message, String reason) {
        if (message.contains("http response code 403")) {
            return Outcome.STRANGE_ADDRESS;
        }
        if (message.contains("resolve")) {
            return Outcome.UNKNOWN_HOST;
        }
        if (reason.contains("SSL")
                || reason.contains("certificate")
                || message.startsWith("could not open private key file")) {
            return Outcome.TLS_FAILED;
        }
        // Tried again and again until the time was over: so segments take a host that they have no way to.
        boolean noRoute =
                message.contains("No route to host") || message.startsWith("error when connecting to gpfdist");
        return noRoute ? Outcome.NO_ROUTE : Outcome.FAILED;
    }
}
