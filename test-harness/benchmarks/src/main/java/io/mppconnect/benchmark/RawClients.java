package io.mppconnect.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that pull one scan as segments do, and throw the rows away: all that is measured is who serves them. */
final class RawClients implements AutoCloseable {

    /**
     * What the clients got and spent.
     *
     * @param bytes of rows
     */
    record Pulled(long bytes, double cpuSeconds) {}

    private static final int BUFFER = 256 * 1024;
    private static final int FRAME_HEAD = 5;
    private static final double NANOS = 1e9;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicInteger SCANS = new AtomicInteger();

    private final int count;
    private final ExecutorService threads;

    RawClients(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, work -> new Thread(work, "raw-client"));
    }

    /** Starts to pull a path to its end. */
    List<Future<Pulled>> pull(InetSocketAddress server, String path) {
        int scan = SCANS.incrementAndGet();
        List<Future<Pulled>> pulls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int segment = i;
            pulls.add(threads.submit(() -> pull(server, request(server, path, segment, scan))));
        }
        return pulls;
    }

    /** What all of them got, once they have it. */
    static Pulled sum(List<Future<Pulled>> pulls) throws Exception {
        long bytes = 0;
        double cpuSeconds = 0;
        for (Future<Pulled> pull : pulls) {
            bytes += pull.get().bytes();
            cpuSeconds += pull.get().cpuSeconds();
        }
        return new Pulled(bytes, cpuSeconds);
    }

    private byte[] request(InetSocketAddress server, String path, int segment, int scan) {
        return String.join(
                        "\r\n",
                        "GET " + path + " HTTP/1.1",
                        "Host: " + server.getAddress().getHostAddress() + ":" + server.getPort(),
                        "Accept: */*",
                        "X-GP-XID: 1600000000-" + scan,
                        "X-GP-CID: 0",
                        "X-GP-SN: 0",
                        "X-GP-SEGMENT-ID: " + segment,
                        "X-GP-SEGMENT-COUNT: " + count,
                        "X-GP-LINE-DELIM-LENGTH: -1",
                        "X-GP-PROTO: 1",
                        "X-GP-CSVOPT: m0x 92q  0n0h0",
                        "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Pulled pull(InetSocketAddress server, byte[] request) throws IOException {
        long cpu = threadNanos();
        long bytes = 0;
        try (SocketChannel channel = SocketChannel.open(server)) {
            channel.write(ByteBuffer.wrap(request));
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);
            skipHead(channel, buffer);
            long frame = -1;
            while (frame != 0) {
                require(channel, buffer, FRAME_HEAD);
                char type = (char) buffer.get();
                frame = buffer.getInt();
                if (type == 'E') {
                    throw new IOException("Cannot pull on: the server reports an error");
                }
                skip(channel, buffer, frame);
                if (type == 'D') {
                    bytes += frame;
                } else {
                    frame = -1;
                }
            }
        }
        return new Pulled(bytes, (threadNanos() - cpu) / NANOS);
    }

    private static void skipHead(SocketChannel channel, ByteBuffer buffer) throws IOException {
        StringBuilder status = new StringBuilder();
        for (int matched = 0; matched < HEAD_END.length; ) {
            require(channel, buffer, 1);
            byte next = buffer.get();
            status.append((char) next);
            matched = next == HEAD_END[matched] ? matched + 1 : next == HEAD_END[0] ? 1 : 0;
        }
        String line = status.substring(0, status.indexOf("\r\n"));
        if (!line.contains(" 200 ")) {
            throw new IOException("Cannot pull: the server answers " + line);
        }
    }

    private static void skip(SocketChannel channel, ByteBuffer buffer, long count) throws IOException {
        long left = count;
        while (left > 0) {
            require(channel, buffer, 1);
            int part = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    private static void require(SocketChannel channel, ByteBuffer buffer, int count) throws IOException {
        if (buffer.remaining() >= count) {
            return;
        }
        buffer.compact();
        while (buffer.position() < count) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("Cannot pull on: the server closed the connection before its end");
            }
        }
        buffer.flip();
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
