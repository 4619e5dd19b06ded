package io.mppconnect.benchmark;

import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.LoadListener;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.segment.SegmentServerOptions;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The server and the workers of a load without its database: a source's rows go to whoever pulls them. */
final class RawServing implements AutoCloseable {

    private static final long MEMORY = 32L << 20;
    private static final int LONGEST_ROW = 128 << 20;

    private final SegmentServer server;
    private final int workers;

    RawServing(int workers) {
        this.server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
        this.workers = workers;
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Serves a source once, to these clients. */
    RawClients.Pulled serve(Source source, RawClients clients) throws Exception {
        LoadContext context = new LoadContext(List.of(), workers, LONGEST_ROW);
        ExecutorService threads = Executors.newFixedThreadPool(workers, work -> new Thread(work, "raw-worker"));
        try (SourceScan scan = source.open(context);
                LoadExchange exchange = server.openLoad(new Silence())) {
            List<Future<RawClients.Pulled>> pulls = clients.pull(address(), exchange.path());
            BoundedBlocks memory = new BoundedBlocks(MEMORY);
            ConcurrentLinkedQueue<Split> splits = new ConcurrentLinkedQueue<>(scan.splits());
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                reads.add(threads.submit(() -> read(splits, new SplitBlocks(scan, memory, exchange))));
            }
            for (Future<?> read : reads) {
                read.get();
            }
            exchange.finish();
            return RawClients.sum(pulls);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void read(ConcurrentLinkedQueue<Split> splits, SplitBlocks output) throws Exception {
        for (Split split = splits.poll(); split != null; split = splits.poll()) {
            try (SplitReader reader = split.open()) {
                while (reader.read(output)) {
                    // Everything happens in the condition.
                }
                output.finish();
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Silence implements LoadListener {

        @Override
        public void connected(int segment, InetAddress from) {}

        @Override
        public void broken(int segment, String reason) {}
    }
}
