package io.mppconnect.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads gzip data of any number of members to its very end.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a damaged later member for the end of the data: rows would be missing
 * and nobody would know. Here only zero bytes, which archivers pad with, may follow the last member.
 */
final class GzipInput extends InputStream {

    private static final int MAGIC = 0x1f;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[Compression.BUFFER];
    private int from;
    private int to;
    private boolean ended;

    /** Reads the first member's header; empty input is refused, as gzip does. */
    GzipInput(InputStream in) throws IOException {
        this.in = in;
        try {
            int first = required();
            if (first != MAGIC) {
                throw new ZipException("it does not start as gzip does");
            }
            header(first);
        } catch (IOException | RuntimeException failure) {
            inflater.end();
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                int inflated = inflater.inflate(bytes, offset, length);
                if (inflated > 0) {
                    crc.update(bytes, offset, inflated);
                    return inflated;
                }
                if (inflater.finished()) {
                    nextMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("it needs a preset dictionary");
                } else {
                    feed();
                }
            }
            return -1;
        } catch (DataFormatException damaged) {
            ZipException failure = new ZipException(damaged.getMessage());
            failure.initCause(damaged);
            throw failure;
        }
    }

    private void feed() throws IOException {
        if (from == to && !fill()) {
            throw new EOFException();
        }
        inflater.setInput(buffer, from, to - from);
        from = to;
    }

    private void nextMember() throws IOException {
        from = to - inflater.getRemaining();
        if (littleEndian() != (int) crc.getValue()) {
            throw new ZipException("the checksum differs");
        }
        if (littleEndian() != (int) inflater.getBytesWritten()) {
            throw new ZipException("the length differs");
        }
        int next = optional();
        if (next == 0) {
            while (next == 0) {
                next = optional();
            }
            if (next > 0) {
                throw new ZipException("something that is not gzip follows");
            }
        }
        if (next < 0) {
            ended = true;
            return;
        }
        inflater.reset();
        crc.reset();
        header(next);
    }

    private void header(int first) throws IOException {
        if (first != MAGIC || required() != 0x8b) {
            throw new ZipException("something that is not gzip follows");
        }
        if (required() != 8) {
            throw new ZipException("the compression method is unknown");
        }
        int flags = required();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("the header has unknown flags");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(required() | required() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void skip(int bytes) throws IOException {
        for (int skipped = 0; skipped < bytes; skipped++) {
            required();
        }
    }

    private void skipText() throws IOException {
        int next = required();
        while (next != 0) {
            next = required();
        }
    }

    private int littleEndian() throws IOException {
        return required() | required() << 8 | required() << 16 | required() << 24;
    }

    private int required() throws IOException {
        int next = optional();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private int optional() throws IOException {
        return from == to && !fill() ? -1 : buffer[from++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        from = 0;
        to = Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }
}
