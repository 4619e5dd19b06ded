package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AcceptGateTest {

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AcceptGate gate = new AcceptGate(() -> open.set(false), () -> open.set(true));
    private final Queue<Runnable> one = new ArrayDeque<>();
    private final Queue<Runnable> two = new ArrayDeque<>();

    @Test
    void isShutWhileAnyThreadIsBehind() {
        gate.entered(one::add);
        gate.entered(two::add);
        gate.entered(one::add);
        assertThat(open).isFalse();

        two.remove().run();
        one.remove().run();
        assertThat(open).as("one thread has a connection left").isFalse();

        one.remove().run();
        assertThat(open).isTrue();
    }

    @Test
    void shutsAgain() {
        gate.entered(one::add);
        one.remove().run();
        gate.entered(two::add);

        assertThat(open).isFalse();
    }
}
