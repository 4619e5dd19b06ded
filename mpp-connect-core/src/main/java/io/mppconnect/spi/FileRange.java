package io.mppconnect.spi;

import java.nio.channels.FileChannel;

/** Whole rows in wire format that stay in their file until a segment takes them, so that no byte is copied before. */
public final class FileRange extends WireRows {

    private final FileChannel file;
    private final long position;
    private final Runnable released;

    /**
     * @param file open, and unchanged in this range, until {@code released} is called
     * @param position of the first byte
     * @param length in bytes, the last row's terminator included
     * @param released called once, from any thread
     */
    public FileRange(FileChannel file, long position, int length, int rows, Runnable released) {
        this.file = file;
        this.position = position;
        this.released = released;
        hold(length, rows);
    }

    public FileChannel file() {
        return file;
    }

    /** Where the first byte lies. */
    public long position() {
        return position;
    }

    @Override
    public void release() {
        released.run();
    }
}
