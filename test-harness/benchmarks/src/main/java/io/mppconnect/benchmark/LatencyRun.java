package io.mppconnect.benchmark;

import io.mppconnect.ClusterOptions;
import io.mppconnect.CommitReport;
import io.mppconnect.MppCluster;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.format.Formats;
import io.mppconnect.kafka.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Streams events that come evenly from a topic into a table, exactly once, and measures how long each takes from the call
 * that sends it to the return of the commit from which on everybody sees it.
 */
final class LatencyRun implements TransferListener {

    private static final String TOPIC = "events-latency";
    private static final int PATIENCE_SECONDS = 60;

    private final Workbench bench;
    private final int perSecond;
    private final Duration interval;
    private final long[] sent;
    private final long[] seen;
    private final int counting;
    private final long[] reached;
    private final List<Long> rowsPerCommit = new ArrayList<>();
    private final CountDownLatch all;

    /**
     * A run.
     *
     * @param perSecond how many events to send a second
     * @param warmup for so many seconds nothing is measured
     * @param interval of the commits
     */
    LatencyRun(Workbench bench, int perSecond, int warmup, int seconds, Duration interval) {
        this.bench = bench;
        this.perSecond = perSecond;
        this.interval = interval;
        this.sent = new long[perSecond * (warmup + seconds)];
        this.seen = new long[sent.length];
        this.counting = perSecond * warmup;
        this.reached = new long[bench.topics().partitions()];
        this.all = new CountDownLatch(sent.length);
    }

    Latency run() throws Exception {
        bench.topics().create(TOPIC);
        try (MppCluster cluster =
                        bench.database().open(ClusterOptions.defaults().jobSchema(Workbench.SCHEMA));
                RunningTransfer stream = cluster.transfer(
                                TransferOptions.defaults().listener(this))
                        .from(KafkaTopic.named(TOPIC)
                                .bootstrap(bench.topics().bootstrap())
                                .value(Formats.json()))
                        .into(Table.named(Workbench.EVENTS))
                        .exactlyOnce("benchmark-latency")
                        .committingEvery(interval)
                        .start()) {
            send();
            if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stream.stop();
                stream.await();
                throw new IllegalStateException("Cannot measure the stream: " + all.getCount() + " of " + sent.length
                        + " events are not visible " + PATIENCE_SECONDS + " s after the last was sent");
            }
            stream.stop();
            stream.await();
        }
        double[] millis = IntStream.range(counting, sent.length)
                .mapToDouble(i -> (seen[i] - sent[i]) / 1e6)
                .toArray();
        double rows =
                rowsPerCommit.stream().mapToLong(Long::longValue).average().orElse(0);
        return new Latency(perSecond, interval, millis, rows);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void send() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bench.topics().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long start = System.nanoTime();
            for (int i = 0; i < sent.length; i++) {
                byte[] event = Event.of(i).json();
                long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                sent[i] = System.nanoTime();
                producer.send(new ProducerRecord<>(TOPIC, i % reached.length, null, event));
            }
        }
    }

    @Override
    public synchronized void committed(String name, CommitReport commit) {
        long now = System.nanoTime();
        boolean counts = all.getCount() <= sent.length - counting;
        commit.positions().asMap().forEach((part, place) -> visible(part, place, now));
        if (counts) {
            rowsPerCommit.add(commit.rows());
        }
    }

    /** Marks the events of a partition, such as {@code events-latency[3]}, before its place, such as {@code 1234@identity}. */
    private void visible(String part, String place, long now) {
        int partition = Integer.parseInt(part, part.indexOf('[') + 1, part.length() - 1, 10);
        long offset = Long.parseLong(place, 0, place.indexOf('@'), 10);
        for (; reached[partition] < offset; reached[partition]++) {
            seen[Math.toIntExact(reached[partition] * reached.length + partition)] = now;
            all.countDown();
        }
    }
}
