package io.mppconnect.file;

import io.mppconnect.MppConnectException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** A file's uncompressed bytes. Every failure is an {@link MppConnectException} that names the file. */
final class FileInput extends InputStream {

    static final long UNBOUNDED = Long.MAX_VALUE;

    private final DataFile file;
    private final DiskInput disk;
    private final InputStream bytes;
    private final boolean bounded;
    private long remaining;

    private FileInput(DataFile file, DiskInput disk, InputStream bytes, long length) {
        this.file = file;
        this.disk = disk;
        this.bytes = bytes;
        this.bounded = length < UNBOUNDED;
        this.remaining = length;
    }

    /** Opens a file at its start, to read to its end. */
    static FileInput open(DataFile file) {
        return open(file, 0, UNBOUNDED);
    }

    /**
     * Opens a file to read a range of its uncompressed bytes.
     *
     * @param to {@link #UNBOUNDED} for all there are
     * @throws MppConnectException when it cannot be read or is damaged; reading does so too when the range is shorter
     */
    static FileInput open(DataFile file, long from, long to) {
        DiskInput disk;
        try {
            disk = new DiskInput(file, Files.newInputStream(file.path()));
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
        try {
            InputStream bytes = file.compression().decompress(disk, file.name());
            FileInput input = new FileInput(file, disk, bytes, to == UNBOUNDED ? to : to - from);
            input.bytes.skipNBytes(from);
            return input;
        } catch (IOException failure) {
            throw closing(disk, damaged(file, disk, failure));
        } catch (RuntimeException failure) {
            throw closing(disk, failure);
        }
    }

    private static RuntimeException closing(DiskInput disk, RuntimeException failure) {
        try {
            disk.close();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }

    @Override
    public int read(byte[] target) {
        return read(target, 0, target.length);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (remaining == 0) {
            return -1;
        }
        try {
            int read = bytes.read(target, from, (int) Math.min(length, remaining));
            if (read < 0 && bounded) {
                throw file.shrunk();
            }
            remaining -= bounded ? read : 0;
            return read;
        } catch (IOException failure) {
            throw damaged(file, disk, failure);
        }
    }

    private static MppConnectException damaged(DataFile file, DiskInput disk, IOException failure) {
        if (!file.compressed()) {
            return file.shrunk();
        }
        String data = "the " + file.compression().label() + " data ";
        if (failure instanceof EOFException || disk.ended) {
            return file.failure(data + "ends early at byte " + disk.position + "; the file is cut short", failure);
        }
        return file.failure(
                data + "is damaged before byte " + disk.position + ": " + FailureReason.of(failure), failure);
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
    }

    /** The bytes as they are on disk; keeps failures of the disk apart from those of the decompression above it. */
    private static final class DiskInput extends InputStream {

        private final DataFile file;
        private final InputStream in;
        private long position;
        private boolean ended;

        DiskInput(DataFile file, InputStream in) {
            this.file = file;
            this.in = in;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            try {
                int read = in.read(target, from, length);
                position += Math.max(read, 0);
                ended |= read < 0;
                return read;
            } catch (IOException failure) {
                throw file.failure(FailureReason.of(failure), failure);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(count);
            position += skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
