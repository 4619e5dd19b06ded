package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

        assertThat(Workers.run("test", pieces)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aFailureEndsPiecesThatWait() {
        CountDownLatch never = new CountDownLatch(1);
        Callable<Void> waiting = () -> {
            never.await();
            return null;
        };
        Callable<Void> failing = () -> {
            throw new IOException("No space left on device");
        };

        assertThatThrownBy(() -> Workers.run("test", List.of(failing, waiting)))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("quickstart-test-"));
    }
}
