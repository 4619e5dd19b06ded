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

    /** A part of a file. */
    FileRange range(FileChannel file, long position, int length, int rows) {
        out.incrementAndGet();
        return new FileRange(file, position, length, rows, new FileRange.Owner() {
            @Override
            public void released() {
                out.decrementAndGet();
            }

            @Override
            public void failed(IOException cause) {
                events.add("unreadable: " + cause.getMessage());
            }
        });
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
