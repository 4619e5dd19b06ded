package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.spi.Block;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many segments at once: every row reaches exactly one of them. */
@Timeout(120)
class LoadSharingTest {

    private static final int ROWS_PER_BLOCK = 500;

    private final ServerThreads threads = new ServerThreads();
    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final RecordedLoad recorded = new RecordedLoad();

    @AfterEach
    void close() throws InterruptedException {
        server.close();
        clients.shutdownNow();
        assertThat(clients.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
    }

    /** What one segment read: the numbers of its rows. */
    private static BitSet readAll(FakeSegment segment) throws IOException {
        BitSet rows = new BitSet();
        try (RawClient client = segment.pull()) {
            assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
            for (FakeSegment.Frame frame = FakeSegment.frame(client);
                    !FakeSegment.isEnd(frame);
                    frame = FakeSegment.frame(client)) {
                if (frame.type() == 'D') {
                    count(frame.body(), rows);
                }
            }
            assertThat(client.rest()).isEmpty();
        }
        return rows;
    }

    private static void count(byte[] body, BitSet rows) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int row = Integer.parseInt(line.substring(0, line.indexOf('|')));
            assertThat(rows.get(row)).isFalse();
            rows.set(row);
        }
    }

    private List<Future<BitSet>> start(LoadExchange load, int segments) {
        List<Future<BitSet>> readers = new ArrayList<>();
        for (int id = 0; id < segments; id++) {
            FakeSegment segment = FakeSegment.of(server, load, id, segments);
            Callable<BitSet> reader = () -> readAll(segment);
            readers.add(clients.submit(reader));
        }
        return readers;
    }

    /** Offers numbered rows, with no more than so many blocks on their way. */
    private void offer(LoadExchange load, int blocks, int onTheirWay) throws InterruptedException {
        Semaphore room = new Semaphore(onTheirWay);
        for (int number = 0; number < blocks; number++) {
            StringBuilder rows = new StringBuilder();
            for (int row = number * ROWS_PER_BLOCK; row < (number + 1) * ROWS_PER_BLOCK; row++) {
                rows.append(row).append("|some text that makes the row longer\n");
            }
            byte[] bytes = rows.toString().getBytes(ISO_8859_1);
            room.acquire();
            recorded.out.incrementAndGet();
            Block block = new Block(bytes.length, released -> {
                recorded.out.decrementAndGet();
                room.release();
            });
            System.arraycopy(bytes, 0, block.bytes(), 0, bytes.length);
            block.filled(bytes.length, ROWS_PER_BLOCK);
            load.offer(block);
        }
    }

    private static void assertAllOnce(List<Future<BitSet>> readers, int rows) throws Exception {
        BitSet all = new BitSet();
        for (Future<BitSet> reader : readers) {
            BitSet part = reader.get(60, TimeUnit.SECONDS);
            assertThat(all.intersects(part)).isFalse();
            all.or(part);
        }
        assertThat(all.cardinality()).isEqualTo(rows);
        assertThat(all.length()).isEqualTo(rows);
    }

    @Test
    void sharesRowsAmongEightSegmentsEachOnce() throws Exception {
        try (LoadExchange load = server.openLoad(recorded)) {
            List<Future<BitSet>> readers = start(load, 8);
            offer(load, 1_000, 50);
            load.finish();
            assertAllOnce(readers, 1_000 * ROWS_PER_BLOCK);
            assertThat(load.drained()).isTrue();
            assertThat(load.traffic().stream().mapToLong(SegmentTraffic::rows).sum())
                    .isEqualTo(1_000 * ROWS_PER_BLOCK);
            assertThat(load.traffic()).allMatch(SegmentTraffic::ended);
        }
    }

    @Test
    void servesTwoHundredAndFiftySixSegmentsWithItsFewThreads() throws Exception {
        try (LoadExchange load = server.openLoad(recorded)) {
            List<Future<BitSet>> readers = start(load, 256);
            await().until(() -> load.traffic().size() == 256);
            assertThat(threads.running())
                    .hasSizeLessThanOrEqualTo(Math.max(2, Runtime.getRuntime().availableProcessors()) + 2);
            offer(load, 600, 20);
            load.finish();
            assertAllOnce(readers, 600 * ROWS_PER_BLOCK);
        }
    }

    @Test
    void keepsTwoTransfersApart() throws Exception {
        try (LoadExchange one = server.openLoad(recorded);
                LoadExchange other = server.openLoad(recorded)) {
            List<Future<BitSet>> ones = start(one, 4);
            List<Future<BitSet>> others = start(other, 3);
            Future<?> writer = clients.submit(() -> {
                offer(other, 300, 5);
                other.finish();
                return null;
            });
            offer(one, 200, 5);
            one.finish();
            writer.get(60, TimeUnit.SECONDS);
            assertAllOnce(ones, 200 * ROWS_PER_BLOCK);
            assertAllOnce(others, 300 * ROWS_PER_BLOCK);
        }
    }

    /** With one block on its way at a time, a single wake-up that got lost would stop everything for ever. */
    @Test
    void losesNoWakeUp() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (LoadExchange load = server.openLoad(recorded)) {
                List<Future<BitSet>> readers = start(load, 6);
                offer(load, 200, 1 + round % 2);
                load.finish();
                assertAllOnce(readers, 200 * ROWS_PER_BLOCK);
            }
        }
    }

    /** Segments that vanish while they wait, perhaps just woken, must not take the wake-up of another along. */
    @Test
    void losesNoWakeUpToSegmentsThatVanish() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (LoadExchange load = server.openLoad(recorded)) {
                List<RawClient> waiting = new ArrayList<>();
                for (int id = 1; id < 6; id++) {
                    RawClient client = FakeSegment.of(server, load, id, 6).pull();
                    client.head();
                    waiting.add(client);
                }
                Future<BitSet> survivor = clients.submit(() -> readAll(FakeSegment.of(server, load, 0, 6)));
                await().until(() -> load.traffic().size() == 6);
                Future<?> vanishing = clients.submit(() -> {
                    for (RawClient client : waiting) {
                        client.vanish();
                    }
                    return null;
                });
                offer(load, 50, 1);
                load.finish();
                vanishing.get(60, TimeUnit.SECONDS);
                assertThat(survivor.get(60, TimeUnit.SECONDS).cardinality()).isPositive();
            }
        }
    }
}
