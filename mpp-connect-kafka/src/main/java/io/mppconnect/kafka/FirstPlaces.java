package io.mppconnect.kafka;

import io.mppconnect.spi.Positions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where all partitions of a scan begin, which one reader hands over for all, so that the first commit knows of each. The
 * others read nothing before: a reader is asked for its positions before its first read, so when that reader reads, these
 * are taken, and whatever any reader says of its partitions comes later and wins. Thread safe.
 */
final class FirstPlaces {

    private final Positions places;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch taken = new CountDownLatch(1);

    FirstPlaces(List<TopicPart> parts) {
        Map<String, String> all = new HashMap<>();
        parts.forEach(part -> all.put(part.name(), part.place()));
        this.places = Positions.of(all);
    }

    /** Whether it is the caller who hands them over; true once. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    Positions places() {
        return places;
    }

    /** They are handed over. */
    void taken() {
        taken.countDown();
    }

    /** Waits until they are; a transfer that ends before interrupts whoever waits. */
    void await() throws InterruptedException {
        taken.await();
    }
}
