package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    @Test
    void doesEveryPieceOnce() throws Exception {
        List<Callable<Integer>> pieces = IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(i -> () -> i)
                .toList();

        assertThat(Workers.run("test", 4, pieces)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aFailureEndsPiecesThatWait() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean waits = new AtomicBoolean();
        Callable<Void> waiting = () -> {
            waits.set(true);
            running.countDown();
            try {
                never.await();
                return null;
            } finally {
                waits.set(false);
            }
        };
        Callable<Void> failing = () -> {
            running.await();
            throw new IOException("No space left on device");
        };

        assertThatThrownBy(() -> Workers.run("test", 2, List.of(failing, waiting)))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(waits).isFalse();
    }
}
