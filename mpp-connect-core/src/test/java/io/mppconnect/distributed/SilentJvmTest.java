package io.mppconnect.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.conformance.Conformance;
import io.mppconnect.conformance.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads from several JVMs one of which does not answer. */
@Conformance
@Timeout(120)
class SilentJvmTest {

    private static TransferPlan open(TestDatabase database, String table) {
        return database.cluster().plan().into(Table.named(table)).open("id");
    }

    private static AttemptCommit row(SegmentEndpoint endpoint, LoadTicket ticket) throws InterruptedException {
        try (TaskAttempt attempt = endpoint.begin(ticket, 0, 0)) {
            attempt.rows().writeInt(1);
            attempt.rows().endRow();
            return attempt.commit();
        }
    }

    private static CompletableFuture<TaskAttempt> begin(SegmentEndpoint endpoint, LoadTicket ticket, int task) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return endpoint.begin(ticket, task, 0);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void anInterruptedCommitEndsTheRoundUnderWayAndRollsBack(TestDatabase database) throws Exception {
        String table = database.table("id int DISTRIBUTED BY (id)");
        try (TransferPlan plan = open(database, table);
                SilentEndpoint silent = new SilentEndpoint(plan.ticket());
                Socket segment = silent.letSegmentsWait((Message.Prepare) silent.hear())) {
            // Leaves as soon as it hears that the plan is over, and so keeps nobody waiting.
            CompletableFuture<Message> word = CompletableFuture.supplyAsync(() -> {
                try (silent) {
                    Message heard = silent.hear();
                    while (!(heard instanceof Message.Over)) {
                        heard = silent.hear();
                    }
                    return heard;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Thread.currentThread().interrupt();

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, () -> plan.commit(List.of()));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(segment.isConnected()).isTrue();
            assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(failure).hasMessage("Cannot finish the tasks' rows into table " + table + ": it was cancelled");
            assertThat(word.get()).isEqualTo(new Message.Over(ErrorCode.CANCELLED, failure.getMessage()));
        }
        assertThat(database.count(table)).isZero();
    }

    @Test
    void aCommitWaitsForNobodyWhoDoesNotAnswer(TestDatabase database) throws Exception {
        String table = database.table("id int DISTRIBUTED BY (id)");
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            AttemptCommit commit = row(endpoint, plan.ticket());
            try (SilentEndpoint silent = new SilentEndpoint(plan.ticket())) {
                assertThat(silent.hear()).isInstanceOf(Message.Prepare.class);

                CompletableFuture<Long> committed = CompletableFuture.supplyAsync(
                        () -> plan.commit(List.of(commit)).rows());

                assertThat(silent.hear()).isInstanceOf(Message.Over.class);
                await().untilAsserted(() -> assertThat(database.count(table)).isEqualTo(1));
                silent.close();
                assertThat(committed.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void aPlanThatDoesNotAnswerKeepsNoOtherPlanWaiting(TestDatabase database) throws Exception {
        String table = database.table("id int DISTRIBUTED BY (id)");
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TransferPlan plan = open(database, table)) {
            LoadTicket strange = new LoadTicket("silent", "127.0.0.1", silent.getLocalPort(), "token", false);
            CompletableFuture<TaskAttempt> first = begin(endpoint, strange, 0);
            CompletableFuture<TaskAttempt> second;
            try (Socket caller = silent.accept()) {
                second = begin(endpoint, strange, 1);

                plan.commit(List.of(row(endpoint, plan.ticket())));
                endpoint.close();

                assertThat(caller.isConnected()).isTrue();
                assertThatThrownBy(second::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .hasMessage("Cannot begin an attempt: its SegmentEndpoint is closed");
            }
            assertThatThrownBy(first::get)
                    .cause()
                    .isInstanceOf(MppConnectException.class)
                    .hasMessageStartingWith("Cannot take part in silent: the JVM that has the plan, at 127.0.0.1:"
                            + silent.getLocalPort() + ", does not let this one in (");
        }
        assertThat(database.count(table)).isEqualTo(1);
    }
}
