package io.mppconnect.segment;

import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens to a load and writes down what it hears; makes blocks and counts those that come back. */
final class RecordedLoad implements LoadListener {

    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger out = new AtomicInteger();

    @Override
    public void connected(int segment, InetAddress from) {
        events.add("connected " + segment + " from " + from.getHostAddress());
    }

    @Override
    public void broken(int segment, String reason) {
        events.add("broken " + segment + ": " + reason);
    }

    /** All of a file as a range. */
    FileRange range(FileChannel file, int rows) throws IOException {
        out.incrementAndGet();
        return new FileRange(file, 0, (int) file.size(), rows, out::decrementAndGet);
    }

    Block block(String rows) {
        return block(rows.getBytes(StandardCharsets.UTF_8), 1);
    }

    Block block(byte[] bytes, int rows) {
        out.incrementAndGet();
        Block block = new Block(bytes.length, released -> out.decrementAndGet());
        System.arraycopy(bytes, 0, block.bytes(), 0, bytes.length);
        block.filled(bytes.length, rows);
        return block;
    }
}
