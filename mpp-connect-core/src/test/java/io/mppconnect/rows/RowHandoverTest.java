package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.MppConnectException;
import io.mppconnect.rows.RowHandover.State;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowHandoverTest {

    private final RowHandover handover = new RowHandover(100);
    private final ExecutorService segment = Executors.newSingleThreadExecutor();
    private final AtomicReference<Thread> segmentThread = new AtomicReference<>();

    @AfterEach
    void stopSegment() throws InterruptedException {
        segment.shutdownNow();
        assertThat(segment.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Future<?> putElsewhere(int length) {
        return segment.submit(() -> {
            segmentThread.set(Thread.currentThread());
            handover.put(new byte[length], 0, length);
            return null;
        });
    }

    private void awaitBlocked() {
        await().until(() -> segmentThread.get() != null && segmentThread.get().getState() == Thread.State.WAITING);
    }

    private byte[] take() throws InterruptedException {
        return handover.take(10, TimeUnit.SECONDS);
    }

    @Test
    void copiesWhatItHandsOver() throws Exception {
        byte[] bytes = {1, 2, 3, 4};
        handover.put(bytes, 1, 3);
        bytes[1] = 9;
        assertThat(take()).containsExactly(2, 3);
    }

    @Test
    void holdsNoMoreBytesThanAllowedTheReadersOwnIncluded() throws Exception {
        handover.put(new byte[60], 0, 60);
        Future<?> second = putElsewhere(60);
        awaitBlocked();
        assertThat(handover.unread()).isEqualTo(60);

        assertThat(take()).hasSize(60);
        awaitBlocked();
        assertThat(handover.unread()).isEqualTo(60);

        assertThat(take()).hasSize(60);
        second.get(10, TimeUnit.SECONDS);
        assertThat(handover.unread()).isEqualTo(60);
    }

    @Test
    void letsALongerBlockPassAlone() throws Exception {
        handover.put(new byte[500], 0, 500);
        Future<?> second = putElsewhere(1);
        awaitBlocked();
        assertThat(take()).hasSize(500);
        assertThat(take()).hasSize(1);
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void interruptsReachASegmentThatWaits() throws Exception {
        handover.put(new byte[100], 0, 100);
        Future<?> second = putElsewhere(1);
        awaitBlocked();
        segmentThread.get().interrupt();
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void letsSegmentsGoWhenTheReaderCloses() throws Exception {
        handover.put(new byte[100], 0, 100);
        Future<?> second = putElsewhere(1);
        awaitBlocked();
        handover.end(State.CLOSED);
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MppConnectException.class)
                .cause()
                .hasMessage("Cannot hand over rows: their reader wants no more");
    }

    @Test
    void keepsBlocksAfterTheCommitAndDropsThemOtherwise() throws Exception {
        handover.put(new byte[1], 0, 1);
        handover.end(State.COMMITTED);
        handover.end(State.DISCARDED);
        assertThat(handover.state()).isEqualTo(State.COMMITTED);
        assertThat(take()).hasSize(1);
        assertThat(take()).isNull();

        RowHandover failed = new RowHandover(100);
        failed.put(new byte[1], 0, 1);
        failed.end(State.DISCARDED);
        failed.end(State.COMMITTED);
        assertThat(failed.state()).isEqualTo(State.DISCARDED);
        assertThat(failed.take(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void returnsWithoutABlockWhenNoneComes() throws Exception {
        assertThat(handover.take(1, TimeUnit.MILLISECONDS)).isNull();
        assertThat(handover.state()).isEqualTo(State.OPEN);
    }
}
