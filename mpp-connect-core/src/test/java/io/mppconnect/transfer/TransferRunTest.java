package io.mppconnect.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.rows.Rows;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.LeakFree;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.ledger.Ledger;
import io.mppconnect.transfer.ledger.LedgerTables;
import io.mppconnect.transfer.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@EmbeddedMpp(segments = 1)
@LeakFree
@Timeout(60)
class TransferRunTest {

    /** Opens a source that takes its time, whoever asks it to stop. */
    private static final class DeafMovement implements Movement {

        private final CountDownLatch opening = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile boolean closed;

        @Override
        public void prepare(Session session) {
            opening.countDown();
            while (opened.getCount() > 0) {
                try {
                    opened.await();
                } catch (InterruptedException e) {
                    // As many libraries do, it goes on.
                }
            }
        }

        @Override
        public void move(Session session) {
            throw new AssertionError("nothing shall move");
        }

        @Override
        public long rows() {
            throw new AssertionError("nothing shall move");
        }

        @Override
        public boolean finish() {
            return false;
        }

        @Override
        public void publish() {
            throw new AssertionError("nothing shall be published");
        }

        @Override
        public void stop(String reason) {
            // It does not listen.
        }

        @Override
        public String place(long line) {
            return "line " + line;
        }

        @Override
        public TransferProgress progress(Phase phase, Duration elapsed) {
            return new TransferProgress(phase, 0, 0, 0, 0, OptionalLong.empty(), 0, 0, Optional.empty(), elapsed);
        }

        @Override
        public TransferReport report(String name, Duration elapsed, List<String> sql) {
            throw new AssertionError("nothing shall be reported");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void closingDoesNotWaitForEverForASourceThatDoesNotHeedInterrupts(EmbeddedMppCluster database)
            throws InterruptedException, SQLException {
        Catalog catalog;
        try (Connection connection = database.connect()) {
            catalog = Catalog.read(connection);
        }
        DeafMovement movement = new DeafMovement();
        TransferJob job = new TransferJob.Load(
                Rows.of(List.of(1)).ints("id", Integer::intValue),
                List.of(Table.named("t")),
                TransferOptions.defaults());
        Ledger ledger = new Ledger(database::connect, new LedgerTables("jobs", catalog));
        Course course = new SingleCommit(job, database::connect, ledger, failed -> movement);
        TransferRun run = new TransferRun(job, course, Duration.ofMillis(50));
        CountDownLatch ended = new CountDownLatch(1);
        run.start(ended::countDown);
        movement.opening.await();

        run.close();

        assertThat(run.progress().phase()).isEqualTo(Phase.STOPPING);
        movement.opened.countDown();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        MppConnectException failure = catchThrowableOfType(MppConnectException.class, run::await);
        assertThat(failure).hasMessage("Cannot finish rows into table t: it was cancelled");
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(movement.closed).isTrue();
        assertThat(run.progress().phase()).isEqualTo(Phase.FAILED);
    }
}
