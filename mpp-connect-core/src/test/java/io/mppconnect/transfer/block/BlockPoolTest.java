package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.spi.Block;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

    private static final int SIZE = 1024;

    private final BlockPool pool = new BlockPool(4 * SIZE, SIZE);

    private CompletableFuture<Block> acquireElsewhere(int capacity) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pool.acquire(capacity);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
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
        CompletableFuture<Block> fifth = acquireElsewhere(0);
        await().during(50, TimeUnit.MILLISECONDS).until(() -> !fifth.isDone());

        first.release();

        assertThat(fifth.get(60, TimeUnit.SECONDS)).isSameAs(first);
        assertThat(pool.waitedNanos()).isPositive();
    }

    @Test
    void rowsThatStayInTheirFileCountAsMemory() throws Exception {
        Block first = pool.acquire(0);
        CompletableFuture<Void> range = CompletableFuture.runAsync(() -> {
            try {
                pool.reserve(4 * SIZE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().during(50, TimeUnit.MILLISECONDS).until(() -> !range.isDone());

        first.release();

        range.get(60, TimeUnit.SECONDS);
        assertThat(pool.used()).isEqualTo(4 * SIZE);
        pool.giveBack(4 * SIZE);
        assertThat(pool.used()).isZero();
    }

    @Test
    void aRowLongerThanTheBudgetTravelsAlone() throws Exception {
        Block huge = pool.acquire(100 * SIZE);
        CompletableFuture<Block> second = acquireElsewhere(50 * SIZE);
        await().during(50, TimeUnit.MILLISECONDS).until(() -> !second.isDone());

        huge.release();

        assertThat(second.get(60, TimeUnit.SECONDS).capacity()).isEqualTo(50 * SIZE);
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
