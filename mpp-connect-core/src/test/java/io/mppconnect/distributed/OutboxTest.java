package io.mppconnect.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.segment.SegmentServerOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static SegmentServer server;

    private final AtomicInteger wishes = new AtomicInteger();
    private final Outbox outbox = new Outbox(4L * Outbox.BLOCK_BYTES, wishes::incrementAndGet);
    private final AttemptState attempt = new AttemptState();

    @BeforeAll
    static void start() {
        server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private void send(AttemptState writer, int rows) throws InterruptedException {
        RetainedBlock block = outbox.acquire(0, null);
        block.block().filled(Outbox.BLOCK_BYTES, rows);
        outbox.send(block, writer);
    }

    private static LoadExchange exchange() {
        return server.openLoad(new QuietVisits());
    }

    @Test
    void keepsRowsUntilTheirRoundHasSucceeded() throws Exception {
        send(attempt, 3);
        try (LoadExchange failed = exchange()) {
            assertThat(outbox.serve(failed)).isEqualTo(3);
        }
        outbox.again();
        send(attempt, 4);
        try (LoadExchange next = exchange()) {
            assertThat(outbox.serve(next)).isEqualTo(7);
        }
        assertThat(outbox.used()).isEqualTo(2L * Outbox.BLOCK_BYTES);

        outbox.durable();

        outbox.awaitDurable(attempt);
        assertThat(outbox.used()).isZero();
    }

    @Test
    void rowsThatNobodyWantsAreNotServed() throws Exception {
        AttemptState other = new AttemptState();
        send(attempt, 3);
        send(other, 4);

        outbox.drop(attempt);

        try (LoadExchange exchange = exchange()) {
            assertThat(outbox.serve(exchange)).isEqualTo(4);
        }
    }

    @Test
    void rowsThatNobodyWantsAreNotServedAgain() throws Exception {
        send(attempt, 3);
        try (LoadExchange failed = exchange()) {
            outbox.serve(failed);
            outbox.drop(attempt);
        }
        outbox.again();

        try (LoadExchange exchange = exchange()) {
            assertThat(outbox.serve(exchange)).isZero();
        }
        assertThat(outbox.used()).isZero();
    }

    @Test
    void aWriterWaitsForMemory() throws Exception {
        for (int i = 0; i < 4; i++) {
            send(attempt, 1);
        }
        CompletableFuture<Void> fifth = CompletableFuture.runAsync(() -> {
            try {
                send(attempt, 1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().untilAsserted(() -> assertThat(wishes).hasPositiveValue());
        assertThat(fifth).isNotDone();
        try (LoadExchange exchange = exchange()) {
            assertThat(outbox.serve(exchange)).isEqualTo(4);
        }

        outbox.durable();

        await().until(fifth::isDone);
        assertThat(outbox.used()).isEqualTo(Outbox.BLOCK_BYTES);
    }

    @Test
    void startedBlocksAloneKeepNobodyWaiting() throws Exception {
        for (int i = 0; i < 4; i++) {
            outbox.acquire(0, null);
        }

        assertThat(outbox.acquire(0, null).capacity()).isEqualTo(Outbox.BLOCK_BYTES);
        assertThat(wishes).hasValue(0);
    }

    @Test
    void everybodyHearsOfTheEnd() throws Exception {
        send(attempt, 1);

        outbox.fail(new MppConnectException(ErrorCode.CANCELLED, "over"));

        assertThatThrownBy(() -> outbox.awaitDurable(attempt))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("over");
        assertThatThrownBy(() -> outbox.acquire(0, null)).hasMessage("over");
    }

    @Test
    void wishesWithoutKeepingOthersFromTheirRows() throws Exception {
        AtomicReference<Outbox> wishing = new AtomicReference<>();
        List<Boolean> locked = new CopyOnWriteArrayList<>();
        wishing.set(new Outbox(2L * Outbox.BLOCK_BYTES, () -> locked.add(Thread.holdsLock(wishing.get()))));
        RetainedBlock block = wishing.get().acquire(0, null);
        block.block().filled(Outbox.BLOCK_BYTES, 1);

        wishing.get().send(block, attempt);

        assertThat(locked).containsExactly(false);
    }
}
