package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rejected rows until the statement has ended: some in memory, more in a temporary file. Used by many threads at
 * once until it is read.
 */
public final class RejectSpool implements AutoCloseable {

    private static final int MEMORY = 1024 * 1024;
    private static final int ABSENT = -1;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream disk;
    private @Nullable RejectedRow first;
    private long rows;

    /** Takes the rows. */
    @FunctionalInterface
    interface Reader {
        void read(RejectedRow row) throws Exception;
    }

    /** How many rows there are now. */
    public synchronized long add(RejectedRow row) throws IOException {
        if (first == null) {
            first = row;
        }
        write(new DataOutputStream(memory), row);
        if (memory.size() >= MEMORY) {
            spill();
        }
        rows++;
        return rows;
    }

    private void spill() throws IOException {
        if (disk == null) {
            file = Files.createTempFile("mpp-connect-", ".rejects");
            disk = new BufferedOutputStream(Files.newOutputStream(file));
        }
        memory.writeTo(disk);
        memory.reset();
    }

    synchronized long rows() {
        return rows;
    }

    /** The row that came first, as an example. */
    synchronized @Nullable RejectedRow first() {
        return first;
    }

    /** Reads all rows in the order in which they came; they are gone then. */
    synchronized void drain(Reader reader) throws Exception {
        InputStream all = new ByteArrayInputStream(memory.toByteArray());
        if (disk != null && file != null) {
            spill();
            disk.close();
            all = new BufferedInputStream(Files.newInputStream(file));
        }
        try (DataInputStream in = new DataInputStream(all)) {
            for (long left = rows; left > 0; left--) {
                reader.read(read(in));
            }
        }
        memory.reset();
        delete();
        rows = 0;
    }

    private static void write(DataOutputStream out, RejectedRow row) throws IOException {
        text(out, row.origin());
        out.writeLong(row.record());
        out.writeInt(row.segment().orElse(ABSENT));
        text(out, row.sqlState().orElse(null));
        text(out, row.message());
        text(out, row.text().orElse(null));
        bytes(out, row.bytes().map(RejectSpool::array).orElse(null));
    }

    private static RejectedRow read(DataInputStream in) throws IOException {
        String origin = String.valueOf(text(in));
        long record = in.readLong();
        int segment = in.readInt();
        return new RejectedRow(
                origin,
                record,
                segment == ABSENT ? OptionalInt.empty() : OptionalInt.of(segment),
                Optional.ofNullable(text(in)),
                String.valueOf(text(in)),
                Optional.ofNullable(text(in)),
                Optional.ofNullable(bytes(in)).map(ByteBuffer::wrap));
    }

    static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        byte[] bytes = bytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? ABSENT : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : in.readNBytes(length);
    }

    private void delete() throws IOException {
        try (OutputStream closing = disk) {
            disk = null;
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
                file = null;
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        delete();
    }
}
