package io.mppconnect.transfer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Retries;
import java.io.EOFException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

    private static final SQLException DEADLOCK = new SQLException("deadlock detected", "40P01");

    @ParameterizedTest
    @CsvSource({
        "40001, could not serialize access, true",
        "40P01, deadlock detected, true",
        "55P03, canceling statement due to lock timeout, true",
        "57P01, terminating connection due to administrator command, true",
        "57P03, the database system is starting up, true",
        "08006, An I/O error occurred while sending to the backend., true",
        "53200, out of memory, true",
        "58M01, interconnect error, true",
        "58000, failed to acquire resources on one or more segments, true",
        "XX000, FTS detected connection lost during dispatch to seg0 127.0.0.1:6000 pid=12: x, true",
        "XX000, gang was lost due to cluster reconfiguration, true",
        "XX000, could not find pathkey item to sort, false",
        "42P01, relation \"mpp_connect_a9404eeb3e006b15\" does not exist, true",
        "42P01, relation \"orders\" does not exist, false",
        "22P02, invalid input syntax for integer, false",
        "23505, duplicate key value violates unique constraint, false",
        "42501, permission denied for relation t, false",
        "57014, canceling statement due to user request, false",
    })
    void triesAgainWhatPassesByItself(String state, String message, boolean again) {
        SQLException failure = new SQLException(message, state);
        Attempts attempts = new Attempts(Retries.within(Duration.ofMinutes(1)));
        assertThat(attempts.next(failure).isPresent()).isEqualTo(again);
        assertThat(new Attempts(Retries.within(Duration.ofMinutes(1)))
                        .next(new MppConnectException(ErrorCode.STATEMENT_FAILED, "wrapped", failure))
                        .isPresent())
                .isEqualTo(again);
    }

    @Test
    void aSocketThatIsGoneIsTriedAgain() {
        assertThat(new Attempts(Retries.within(Duration.ofMinutes(1)))
                        .next(new SQLException("lost", new EOFException())))
                .isPresent();
    }

    @Test
    void pausesDoubleUpToTheLongestAndBeginAnewAfterACommit() {
        Attempts attempts = new Attempts(
                Retries.within(Duration.ofHours(1)).pausing(Duration.ofMillis(100), Duration.ofMillis(300)));

        assertThat(attempts.next(DEADLOCK)).contains(Duration.ofMillis(100));
        assertThat(attempts.next(DEADLOCK)).contains(Duration.ofMillis(200));
        assertThat(attempts.next(DEADLOCK)).contains(Duration.ofMillis(300));
        assertThat(attempts.next(DEADLOCK)).contains(Duration.ofMillis(300));
        attempts.succeeded();
        assertThat(attempts.next(DEADLOCK)).contains(Duration.ofMillis(100));
    }

    @Test
    void givesUpWhenItsTimeIsOver() {
        Attempts attempts =
                new Attempts(Retries.within(Duration.ofNanos(1)).pausing(Duration.ofMillis(1), Duration.ofMillis(1)));
        assertThat(attempts.next(DEADLOCK)).isPresent();
        assertThat(attempts.next(DEADLOCK)).isEmpty();
    }

    @Test
    void withoutRetriesItFailsAtOnce() {
        assertThat(new Attempts(Retries.none()).next(DEADLOCK)).isEmpty();
    }
}
