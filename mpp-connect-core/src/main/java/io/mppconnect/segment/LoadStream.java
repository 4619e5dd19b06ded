package io.mppconnect.segment;

import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.WireRows;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Writes blocks to one segment, as fast as it takes them. Runs on the I/O thread of its connection alone. */
final class LoadStream {

    /** What the exchange has for a stream. */
    sealed interface Turn {}

    /** Rows to write. */
    record Rows(WireRows rows) implements Turn {}

    /** The statement is to fail. */
    record Failure(String message) implements Turn {}

    /** The turns without content. */
    enum Pause implements Turn {
        /** Nothing yet; the exchange wakes the stream up. */
        WAIT,
        /** No more rows. */
        END
    }

    private static final Logger LOG = LoggerFactory.getLogger(LoadStream.class);

    /** The JDK keeps a direct buffer of the longest write per thread: write in slices. */
    private static final int SLICE = 128 * 1024;

    /** After so many bytes the other connections of the thread have their turn. */
    private static final int TURN = 1024 * 1024;

    private final LoadExchange load;
    private final SegmentMeter meter;
    private final HttpServerExchange exchange;
    private final ServerConnection connection;
    private final boolean repeated;
    private final FrameHead head = new FrameHead();
    private final ByteBuffer[] gather = new ByteBuffer[2];
    private final StreamSinkChannel sink;
    private final RowsOut out = new RowsOut();
    private @Nullable WireRows current;
    /** How many of the rows' bytes are written. */
    private int written;

    private boolean last;
    private boolean over;

    LoadStream(LoadExchange load, SegmentMeter meter, HttpServerExchange exchange) {
        this.load = load;
        this.meter = meter;
        this.exchange = exchange;
        this.connection = exchange.getConnection();
        this.repeated = meter.hasEnded();
        exchange.setStatusCode(200);
        // Without a length and not persistent: the body ends where the connection does, as segments know it.
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Answers.PROTOCOL, "1");
        this.sink = exchange.getResponseChannel();
    }

    SegmentMeter meter() {
        return meter;
    }

    /** Whether the segment had its clean end before and only asks again. */
    boolean isRepeated() {
        return repeated;
    }

    /** Answers the segment and begins to write. */
    void start() {
        connection.addCloseListener(closed -> closed());
        ChannelListener<StreamSinkChannel> writable = channel -> write();
        sink.getWriteSetter().set(writable);
        watch();
        write();
    }

    /** Looks for work again; any thread may call. */
    void wake() {
        Connections.onThread(connection, this::write);
    }

    /** Ends the stream in the middle; any thread may call. */
    void cut() {
        Connections.cut(connection);
    }

    private void write() {
        if (over) {
            return;
        }
        try {
            // The head of the answer goes ahead of the first rows, which may take long to come.
            if (!sink.flush()) {
                sink.resumeWrites();
                return;
            }
            for (long left = TURN; left > 0; ) {
                if (pending()) {
                    long taken = writeSlice();
                    if (taken == 0) {
                        break;
                    }
                    left -= taken;
                } else if (last) {
                    end();
                    return;
                } else if (!next()) {
                    sink.suspendWrites();
                    return;
                }
            }
            sink.resumeWrites();
        } catch (IOException e) {
            // The connection is gone, and with it whoever could be told the cause.
            breakOff();
        } catch (RuntimeException e) {
            LOG.error("Cannot go on sending rows to segment {}", meter.segment(), e);
            breakOff();
        }
    }

    private boolean pending() {
        return head.buffer().hasRemaining() || (current != null && written < current.length());
    }

    /** Writes some of the head and the rows behind it; returns how many bytes the socket has taken. */
    private long writeSlice() throws IOException {
        int ahead = head.buffer().remaining();
        WireRows rows = current;
        if (rows == null) {
            return sink.write(head.buffer());
        }
        long more = rows.writeTo(out, written);
        written += (int) more;
        return more + ahead - head.buffer().remaining();
    }

    /** Turns to the next piece of work; false when there is none for now. */
    private boolean next() {
        WireRows sent = current;
        current = null;
        Turn turn = load.next(this, sent);
        if (turn instanceof Rows next) {
            current = next.rows();
            written = 0;
            head.block(next.rows());
        } else if (turn instanceof Failure failure) {
            head.error(failure.message());
            last = true;
        } else if (turn == Pause.END) {
            head.end();
            last = true;
        }
        return turn != Pause.WAIT;
    }

    private void end() {
        over = true;
        load.ended(this);
        exchange.endExchange();
    }

    /** A segment sends nothing after its request; what can be read is the end of the connection. */
    private void watch() {
        StreamConnection socket = Connections.socket(exchange);
        ConduitStreamSourceChannel source = socket.getSourceChannel();
        source.setReadListener(this::readable);
        source.resumeReads();
    }

    private void readable(ConduitStreamSourceChannel source) {
        if (over) {
            return;
        }
        try {
            int read = source.read(ByteBuffer.allocate(1024));
            if (read < 0) {
                breakOff();
            }
        } catch (IOException e) {
            // The connection is gone, and with it whoever could be told the cause.
            breakOff();
        }
    }

    private void breakOff() {
        Connections.cut(connection);
        closed();
    }

    private void closed() {
        if (over) {
            return;
        }
        over = true;
        WireRows unfinished = current;
        current = null;
        load.broken(this, unfinished);
    }

    /** The way of rows to the socket, the head always ahead of them. */
    private final class RowsOut implements WireRows.Sink {

        /** The socket took nothing of a file the last time. */
        private boolean fruitless;

        @Override
        public long take(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer slice = ByteBuffer.wrap(bytes, from, Math.min(length, SLICE));
            if (!head.buffer().hasRemaining()) {
                return sink.write(slice);
            }
            gather[0] = head.buffer();
            gather[1] = slice;
            sink.write(gather, 0, 2);
            return (long) slice.position() - from;
        }

        @Override
        public long take(FileChannel file, long position, int length, FileRange.Owner trouble) throws IOException {
            if (head.buffer().hasRemaining()) {
                sink.write(head.buffer());
                if (head.buffer().hasRemaining()) {
                    return 0;
                }
            }
            long taken = 0;
            IOException cause = null;
            try {
                taken = sink.transferFrom(file, position, length);
            } catch (IOException e) {
                cause = e;
            }
            // Nothing taken once is a full socket, as a rule; the second time, after the socket had room, it is not.
            boolean twice = taken == 0 && fruitless;
            fruitless = taken == 0;
            if (twice || cause != null) {
                checkReadable(file, position, trouble);
            }
            if (cause != null) {
                throw cause;
            }
            return taken;
        }

        /** Tells a file that cannot be read from a socket that cannot be written. */
        private static void checkReadable(FileChannel file, long position, FileRange.Owner trouble) throws IOException {
            try {
                if (file.read(ByteBuffer.allocate(1), position) < 0) {
                    throw new EOFException("the file became shorter");
                }
            } catch (IOException e) {
                trouble.failed(e);
                throw e;
            }
        }
    }
}
