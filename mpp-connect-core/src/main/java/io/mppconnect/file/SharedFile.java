package io.mppconnect.file;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RangeWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that stays open until its reader is done and every range of it is returned; then, if any was sent, it must be
 * what it was. Ranges have a channel of their own, for a reader may be interrupted, which closes its channel. Thread safe.
 */
final class SharedFile implements RangeWriter.Lender, AutoCloseable {

    private final DataFile file;
    private final FileChannel reading;
    private final FileChannel ranges;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean lent;

    private SharedFile(DataFile file, FileChannel reading, FileChannel ranges) {
        this.file = file;
        this.reading = reading;
        this.ranges = ranges;
    }

    /** Opens a file for its reader. */
    static SharedFile open(DataFile file) {
        try {
            FileChannel reading = FileChannel.open(file.path(), StandardOpenOption.READ);
            try {
                return new SharedFile(file, reading, FileChannel.open(file.path(), StandardOpenOption.READ));
            } catch (IOException failure) {
                try (reading) {
                    throw failure;
                }
            }
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
    }

    /** Reads some bytes for the reader. */
    int read(ByteBuffer buffer, long position) throws InterruptedException {
        try {
            int read = reading.read(buffer, position);
            if (read < 0) {
                throw file.shrunk();
            }
            return read;
        } catch (ClosedByInterruptException interrupted) {
            throw new InterruptedException();
        } catch (IOException failure) {
            throw explain(failure);
        }
    }

    /** Sends a range. */
    void send(RangeWriter writer, long position, int length, int rows) throws InterruptedException {
        lent = true;
        users.incrementAndGet();
        writer.send(ranges, position, length, rows, this);
    }

    @Override
    public void returned() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        try (ranges) {
            if (lent) {
                file.checkUnchanged();
            }
        } catch (IOException failure) {
            throw explain(failure);
        }
    }

    @Override
    public MppConnectException explain(IOException cause) {
        return cause instanceof EOFException ? file.shrunk() : file.failure(FailureReason.of(cause), cause);
    }

    /** The reader is done. */
    @Override
    public void close() {
        try (reading) {
            returned();
        } catch (IOException failure) {
            throw explain(failure);
        }
    }
}
