package io.mppconnect.distributed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JVMs that take part in a plan, and what they wish. Thread safe. */
final class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    /** Longer than a silent connection counts as alive. */
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(40);

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final List<Endpoint> endpoints = new ArrayList<>();
    private List<Endpoint> watched = List.of();
    private @Nullable Runnable alarm;
    private boolean stopped;

    /** A JVM takes part; false when it comes too late. */
    synchronized boolean join(Endpoint endpoint) {
        if (!stopped) {
            endpoints.add(endpoint);
        }
        return !stopped;
    }

    /** A JVM is gone. */
    synchronized void lose(Endpoint endpoint) {
        endpoint.lose();
        endpoints.remove(endpoint);
        if (watched.contains(endpoint) && alarm != null) {
            alarm.run();
            alarm = null;
        }
        notifyAll();
    }

    /** A JVM has rows that had better be fetched. */
    synchronized void wish(Endpoint endpoint) {
        endpoint.wish(true);
        notifyAll();
    }

    synchronized void ready(Endpoint endpoint, int round, long rows) {
        endpoint.serve(round, rows);
        notifyAll();
    }

    /** No more rounds, and nobody else takes part. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Returns when somebody wishes for a round; false when there shall be no more. */
    synchronized boolean awaitWish() throws InterruptedException {
        while (!stopped && endpoints.stream().noneMatch(Endpoint::wishes)) {
            wait();
        }
        return !stopped;
    }

    /** Asks all to serve what they have; those that do, when all have answered or are lost. Nobody once it is stopped. */
    List<Endpoint> serve(int round) throws InterruptedException {
        List<Endpoint> asked;
        synchronized (this) {
            asked = List.copyOf(endpoints);
            asked.forEach(endpoint -> endpoint.wish(false));
        }
        tell(asked, new Message.Prepare(round));
        synchronized (this) {
            while (!stopped && asked.stream().anyMatch(endpoint -> !endpoint.isLost() && !endpoint.isReady(round))) {
                wait();
            }
            return stopped
                    ? List.of()
                    : asked.stream().filter(endpoint -> !endpoint.isLost()).toList();
        }
    }

    /** What those that are lost do not hear is no loss. */
    static void tell(List<Endpoint> endpoints, Message message) {
        for (Endpoint endpoint : endpoints) {
            try {
                endpoint.line().send(message);
            } catch (IOException e) {
                LOG.debug("{} does not hear {}", endpoint, message, e);
                endpoint.line().close();
            }
        }
    }

    /** All that take part. */
    synchronized List<Endpoint> all() {
        return List.copyOf(endpoints);
    }

    /** Rings once, with this locked, as soon as one of these is lost; at once if one is. */
    synchronized void watch(List<Endpoint> some, Runnable bell) {
        if (some.stream().anyMatch(Endpoint::isLost)) {
            bell.run();
            return;
        }
        watched = some;
        alarm = bell;
    }

    synchronized void unwatch() {
        watched = List.of();
        alarm = null;
    }

    /** Whether one of these is lost; asks them, for one that was killed may not have been missed yet. */
    boolean missesAny(List<Endpoint> some) throws InterruptedException {
        long asked = System.nanoTime();
        tell(some, new Message.Ping());
        synchronized (this) {
            while (!stopped && some.stream().noneMatch(Endpoint::isLost) && System.nanoTime() - asked < ANSWER_NANOS) {
                if (some.stream().allMatch(endpoint -> endpoint.line().heard() - asked > 0)) {
                    return false;
                }
                TimeUnit.MILLISECONDS.timedWait(this, LOOK_AGAIN_MILLIS);
            }
            return some.stream().anyMatch(Endpoint::isLost);
        }
    }

    /** They wish for another round. */
    synchronized void wishAgain(List<Endpoint> some) {
        some.forEach(endpoint -> endpoint.wish(true));
        notifyAll();
    }
}
