package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RowStreamTest {

    private record Id(int id) {}

    private static final UnloadContext CONTEXT = new UnloadContext(Columns.all("id int4"), 2, 1024);

    private final FakeTransfer transfer = new FakeTransfer();
    private final RowStream<Id> stream = Rows.stream(Id.class).startedBy(transfer);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A transfer whose end the test decides. */
    private static final class FakeTransfer implements RunningTransfer {

        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicInteger closes = new AtomicInteger();
        private volatile Phase phase = Phase.PREPARING;
        private volatile MppConnectException failure;

        void commits() {
            phase = Phase.COMMITTED;
            done.countDown();
        }

        void fails(MppConnectException cause) {
            failure = cause;
            phase = Phase.FAILED;
            done.countDown();
        }

        @Override
        public TransferProgress progress() {
            return new TransferProgress(phase, 0, 0, 0, 0, OptionalLong.empty(), 0, 0, Optional.empty(), Duration.ZERO);
        }

        @Override
        public void cancel() {
            fails(new MppConnectException(ErrorCode.CANCELLED, "Cannot finish the test: it was cancelled"));
        }

        @Override
        public void stop() {
            cancel();
        }

        @Override
        public TransferReport await() {
            try {
                done.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (failure != null) {
                throw failure;
            }
            return new TransferReport(
                    "test",
                    0,
                    0,
                    0,
                    0,
                    1,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    List.of(),
                    List.of(),
                    new TransferReport.RouteTaken(Route.SEGMENTS, ""),
                    List.of(),
                    List.of());
        }

        @Override
        public TransferReport await(Duration timeout) {
            return await();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void write(SegmentWriter writer, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.write(bytes, 0, bytes.length);
        Arrays.fill(bytes, (byte) 'x');
    }

    private static List<Integer> rest(RowStream<Id> stream) {
        List<Integer> ids = new ArrayList<>();
        stream.forEachRemaining(id -> ids.add(id.id()));
        return ids;
    }

    @Test
    void givesTheRowsOfAllSegmentsAndEndsWithTheCommit() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        write(write.open(0), "1\n2\n");
        write(write.open(1), "3\n");
        Future<List<Integer>> reading = threads.submit(() -> rest(stream));

        write(write.open(2), "4\n5\n");
        write.commit();
        write.close();
        assertThat(reading.isDone()).isFalse();
        transfer.commits();

        assertThat(reading.get()).containsExactly(1, 2, 3, 4, 5);
        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void doesNotEndBeforeTheCommit() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        SegmentWriter writer = write.open(0);
        write(writer, "1\n");
        writer.finish();
        assertThat(stream.next()).isEqualTo(new Id(1));

        Future<Boolean> more = threads.submit(stream::hasNext);
        MppConnectException cause = new MppConnectException(ErrorCode.STATEMENT_FAILED, "Cannot commit the test");
        transfer.fails(cause);
        write.close();

        assertThatThrownBy(more::get).hasCause(cause);
        assertThatThrownBy(stream::hasNext).isSameAs(cause);
        assertThatThrownBy(stream::next).isSameAs(cause);
    }

    @Test
    void throwsTheFailureOfATransferThatNeverGotToTheTarget() {
        MppConnectException cause = new MppConnectException(ErrorCode.NO_SUCH_TABLE, "Cannot unload the test");
        transfer.fails(cause);
        assertThatThrownBy(stream::hasNext).isSameAs(cause);
    }

    @Test
    void dropsUnreadRowsOfAFailedTransfer() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        write(write.open(0), "1\n2\n");
        write(write.open(1), "3\n");
        assertThat(stream.next()).isEqualTo(new Id(1));
        MppConnectException cause = new MppConnectException(ErrorCode.CONNECTION, "Cannot go on with the test");
        transfer.fails(cause);
        write.close();

        assertThat(stream.next()).isEqualTo(new Id(2));
        assertThatThrownBy(stream::next).isSameAs(cause);
    }

    @Test
    void neverTakesAnEndWithoutCommitForTheEndOfTheRows() throws Exception {
        stream.target().open(CONTEXT).close();
        transfer.commits();
        assertThatThrownBy(stream::hasNext)
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read rows: the transfer ended without handing them all over");
    }

    @Test
    void closingEarlyClosesTheTransferAndLetsSegmentsGo() throws Exception {
        RowStream<Id> small = new RowStream<>(RowMapping.records(Id.class), DataSize.ofBytes(2)).startedBy(transfer);
        SegmentWriter writer = small.target().open(CONTEXT).open(0);
        write(writer, "1\n");
        Future<Void> blocked = threads.submit(() -> {
            write(writer, "2\n");
            return null;
        });
        small.close();
        small.close();

        assertThat(transfer.closes).hasValue(2);
        assertThatThrownBy(blocked::get)
                .cause()
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED))
                .hasMessage("Cannot hand over rows: their reader wants no more");
        assertThatThrownBy(small::hasNext)
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED))
                .hasMessage("Cannot read rows: the stream was closed");
    }

    @Test
    void closingFromAnotherThreadEndsAWaitingReader() throws Exception {
        stream.target().open(CONTEXT);
        Future<Boolean> waiting = threads.submit(stream::hasNext);
        stream.close();
        assertThatThrownBy(waiting::get).cause().hasMessage("Cannot read rows: the stream was closed");
    }

    @Test
    void closingAfterTheEndKeepsTheEnd() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        write.commit();
        transfer.commits();
        assertThat(stream.hasNext()).isFalse();
        stream.close();
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void segmentsWaitWhileNobodyReads() throws Exception {
        RowStream<Id> small = new RowStream<>(RowMapping.records(Id.class), DataSize.ofBytes(64)).startedBy(transfer);
        TargetWrite write = small.target().open(CONTEXT);
        SegmentWriter writer = write.open(0);
        AtomicInteger written = new AtomicInteger();
        Future<Void> segment = threads.submit(() -> {
            for (int i = 10; i < 60; i++) {
                write(writer, i + "\n");
                written.incrementAndGet();
            }
            write.commit();
            transfer.commits();
            return null;
        });

        await().until(() -> written.get() == 21);
        assertThat(segment.isDone()).isFalse();
        for (int i = 10; i < 60; i++) {
            assertThat(small.next()).isEqualTo(new Id(i));
            assertThat(written.get()).isLessThanOrEqualTo(i - 10 + 22);
        }
        segment.get();
        assertThat(small.hasNext()).isFalse();
    }

    @Test
    void interruptingAReaderKeepsItsFlag() throws Exception {
        stream.target().open(CONTEXT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(stream::hasNext)
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED))
                .hasMessage("Cannot read rows: the thread was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aRowThatCannotBeReadEndsTheReading() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        write(write.open(0), "1\n\\N\n3\n");
        assertThat(stream.next()).isEqualTo(new Id(1));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(stream::next)
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot read column id: it is NULL, which int cannot hold; declare the component as its"
                            + " class");
        }
    }

    @Test
    void becomesAStreamThatClosesIt() throws Exception {
        TargetWrite write = stream.target().open(CONTEXT);
        write(write.open(0), "1\n2\n");
        write.commit();
        transfer.commits();
        try (Stream<Id> ids = stream.stream()) {
            assertThat(ids.mapToInt(Id::id).sum()).isEqualTo(3);
        }
        assertThat(transfer.closes).hasValue(1);
    }

    @Test
    void refusesASecondRunAndColumnsThatDoNotFit() throws Exception {
        assertThatThrownBy(
                        () -> Rows.stream(Id.class).target().open(new UnloadContext(Columns.all("name text"), 1, 1024)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read rows as Id: there is no column for id; the columns are name");
        stream.target().open(CONTEXT);
        assertThatThrownBy(() -> stream.target().open(CONTEXT))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot unload twice into one stream of rows; ask for a new one");
    }

    @Test
    void givesPlainRowsToo() throws Exception {
        RowStream<Row> rows = Rows.stream().startedBy(transfer);
        TargetWrite write = rows.target().open(CONTEXT);
        write(write.open(0), "7\n");
        write.commit();
        transfer.commits();
        assertThat(rows.next().intAt("id")).isEqualTo(7);
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void cannotBeReadBeforeItsTransferStarts() {
        assertThatThrownBy(() -> Rows.stream().hasNext())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read rows: no transfer feeds this stream yet");
    }
}
