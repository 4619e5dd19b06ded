package io.mppconnect.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Whole rows in wire format that stay in their file until a segment takes them, so that no byte is copied before. */
public final class FileRange extends WireRows {

    /** The most bytes of a range, and so of a row in it. */
    public static final int MOST = 256 * 1024;

    /** Keeps the file open. Called from any thread. */
    public interface Owner {

        /** The range is sent, or dropped; called once. */
        void released();

        /** The range could not be read. */
        void failed(IOException cause);
    }

    private final FileChannel file;
    private final long position;
    private final Owner owner;

    /**
     * Describes a range.
     *
     * @param file open, and unchanged in this range, until it is released; no thread that reads it may be interrupted
     * @param position of the first byte
     * @param length in bytes, the last row's terminator included; at most {@link #MOST}
     */
    public FileRange(FileChannel file, long position, int length, int rows, Owner owner) {
        this.file = file;
        this.position = position;
        this.owner = owner;
        hold(length, rows);
    }

    @Override
    public long writeTo(Sink sink, int from) throws IOException {
        return sink.take(file, position + from, length() - from, owner);
    }

    @Override
    public void release() {
        owner.released();
    }
}
