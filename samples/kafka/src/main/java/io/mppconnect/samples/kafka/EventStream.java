package io.mppconnect.samples.kafka;

import static io.mppconnect.format.Formats.json;

import io.mppconnect.CommitReport;
import io.mppconnect.MppCluster;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.kafka.KafkaTopic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The stream, which is cut off while events still come, and then goes on where its last commit was. */
final class EventStream {

    private static final String JOB = "events-job";

    private final MppCluster cluster;
    private final EventTopic topic;
    private final PrintWriter out;

    EventStream(MppCluster cluster, EventTopic topic, PrintWriter out) {
        this.cluster = cluster;
        this.topic = topic;
        this.out = out;
    }

    /** Returns when all events are in the table. */
    void run() throws InterruptedException {
        int half = topic.events() / 2;
        long start = System.nanoTime();
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Void> appending;
        try (RunningTransfer running = transfer(first, half / 4).start()) {
            appending = CompletableFuture.runAsync(() -> topic.append(0, half));
            await(first, running);
            // Rows are read, sent and not yet committed at this moment; none of them counts.
            running.cancel();
        }
        appending.join();
        say("cut off", start);
        CountDownLatch all = new CountDownLatch(1);
        long left = topic.events() - cluster.job(JOB).info().orElseThrow().rows();
        try (RunningTransfer running = transfer(all, left).start()) {
            topic.append(half, topic.events());
            await(all, running);
            running.stop();
            running.await();
        }
        say("finished", start);
    }

    private static void await(CountDownLatch reached, RunningTransfer running) throws InterruptedException {
        while (!reached.await(100, TimeUnit.MILLISECONDS)) {
            if (running.progress().phase() == TransferProgress.Phase.FAILED) {
                running.await();
            }
        }
    }

    private void say(String what, long start) {
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        out.println(what + " after " + millis + " ms: "
                + cluster.job(JOB).info().orElseThrow().rows() + " rows are committed");
    }

    /** @param reached counted down when so many rows are committed */
    private ParallelTransfer transfer(CountDownLatch reached, long rows) {
        AtomicLong committed = new AtomicLong();
        TransferOptions options = TransferOptions.defaults().listener(new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                if (committed.addAndGet(commit.rows()) >= rows) {
                    reached.countDown();
                }
            }
        });
        return cluster.transfer(options)
                .from(KafkaTopic.named(EventTopic.NAME)
                        .bootstrap(topic.bootstrap())
                        .value(json()))
                .into(Table.named(EventTable.NAME))
                .exactlyOnce(JOB)
                .committingEvery(Duration.ofMillis(200));
    }
}
