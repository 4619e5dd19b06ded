package io.mppconnect.spi;

/** Takes the rows of one segment, by one thread at a time. */
public interface SegmentWriter extends AutoCloseable {

    /** Takes whole rows in the write's format; the bytes are the writer's only during the call. */
    void write(byte[] bytes, int from, int to) throws Exception;

    /** The segment has sent everything: whatever is buffered gets written. */
    void finish() throws Exception;

    /** Frees what the writer holds, finished or not. */
    @Override
    void close() throws Exception;
}
