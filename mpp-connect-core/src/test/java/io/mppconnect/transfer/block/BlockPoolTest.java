package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.spi.Block;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

    private static final int SIZE = 1024;

    private final BlockPool pool = new BlockPool(4 * SIZE, SIZE);

    /** Asks for memory on a thread of its own. */
    private static final class Worker {

        private final CompletableFuture<Block> block = new CompletableFuture<>();
        private final Thread thread;

        Worker(Callable<Block> asking) {
            thread = new Thread(() -> {
                try {
                    block.complete(asking.call());
                } catch (Exception e) {
                    block.completeExceptionally(e);
                }
            });
            thread.start();
        }

        void awaitWaiting() {
            await().until(() -> thread.getState() == Thread.State.WAITING);
        }

        Block block() throws Exception {
            return block.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void usesReturnedBlocksAgain() throws InterruptedException {
        Block first = pool.acquire(0);
        first.release();

        assertThat(pool.acquire(SIZE)).isSameAs(first);
        assertThat(pool.used()).isEqualTo(SIZE);
    }

    @Test
    void waitsWhileTheBudgetIsSpent() throws Exception {
        Block first = pool.acquire(0);
        for (int i = 1; i < 4; i++) {
            pool.acquire(0);
        }
        Worker fifth = new Worker(() -> pool.acquire(0));
        fifth.awaitWaiting();

        first.release();

        assertThat(fifth.block()).isSameAs(first);
        assertThat(pool.waitedNanos()).isPositive();
    }

    @Test
    void rowsThatStayInTheirFileCountAsMemory() throws Exception {
        Block first = pool.acquire(0);
        Worker range = new Worker(() -> {
            pool.reserve(4 * SIZE);
            return first;
        });
        range.awaitWaiting();

        first.release();

        range.block();
        assertThat(pool.used()).isEqualTo(4 * SIZE);
        pool.giveBack(4 * SIZE);
        assertThat(pool.used()).isZero();
    }

    @Test
    void aRowLongerThanTheBudgetTravelsAlone() throws Exception {
        Block huge = pool.acquire(100 * SIZE);
        Worker second = new Worker(() -> pool.acquire(50 * SIZE));
        second.awaitWaiting();

        huge.release();

        assertThat(second.block().capacity()).isEqualTo(50 * SIZE);
    }

    @Test
    void workersThatAllHoldBlocksCanAllGrowThem() throws Exception {
        int workers = 4;
        CountDownLatch holding = new CountDownLatch(workers);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[workers];
        for (int i = 0; i < workers; i++) {
            threads[i] = new Thread(() -> {
                try {
                    Block block = pool.acquire(0);
                    holding.countDown();
                    holding.await();
                    for (int size = 2 * SIZE; size <= 64 * SIZE; size *= 2) {
                        block = pool.grow(block, size);
                    }
                    block.release();
                } catch (InterruptedException | RuntimeException e) {
                    failure.set(e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(failure.get()).isNull();
        assertThat(pool.used()).isZero();
    }

    @Test
    void growingKeepsTheBytes() throws InterruptedException {
        Block block = pool.acquire(0);
        block.bytes()[SIZE - 1] = 42;

        Block larger = pool.grow(block, 3 * SIZE);

        assertThat(larger.bytes()[SIZE - 1]).isEqualTo((byte) 42);
        assertThat(pool.used()).isEqualTo(3 * SIZE);
    }
}
