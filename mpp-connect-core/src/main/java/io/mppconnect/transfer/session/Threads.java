package io.mppconnect.transfer.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waiting for owned threads to end. */
public final class Threads {

    private Threads() {}

    /** Joins all of them; those still alive after the grace are told of. Keeps the caller's interrupt for later. */
    public static void join(List<Thread> threads, long graceMillis, Consumer<Thread> straggler) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread == Thread.currentThread()) {
                continue;
            }
            long left = deadline - System.nanoTime();
            while (thread.isAlive() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
            if (thread.isAlive()) {
                straggler.accept(thread);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
