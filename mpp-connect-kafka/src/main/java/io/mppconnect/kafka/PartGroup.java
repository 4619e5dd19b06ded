package io.mppconnect.kafka;

import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Partitions that one consumer reads; more may come while it does. */
final class PartGroup implements Split {

    private final String name;
    private final TopicScan scan;
    private final LinkedBlockingQueue<TopicPart> arriving;
    private final AtomicInteger size;

    PartGroup(String name, TopicScan scan, List<TopicPart> parts) {
        this.name = name;
        this.scan = scan;
        this.arriving = new LinkedBlockingQueue<>(parts);
        this.size = new AtomicInteger(parts.size());
    }

    @Override
    public String name() {
        return name;
    }

    int size() {
        return size.get();
    }

    /** Gives it one more partition; from any thread. */
    void add(TopicPart part) {
        size.incrementAndGet();
        arriving.add(part);
    }

    /** A partition that has come; null when there is none. */
    @Nullable
    TopicPart arrived() {
        return arriving.poll();
    }

    /** Waits for a partition, so long; null when none came. */
    @Nullable
    TopicPart await(long millis) throws InterruptedException {
        return arriving.poll(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public SplitReader open() throws Exception {
        return scan.read(this);
    }
}
