package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written under a temporary name. Used by one thread at a time. */
final class PartFile implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Path temporary;
    private final Path target;
    private final OutputStream disk;
    private final OutputStream out;
    private final Writer text;
    private boolean closed;
    private boolean finished;

    private PartFile(Path temporary, Path target, OutputStream disk, OutputStream out, Charset charset) {
        this.temporary = temporary;
        this.target = target;
        this.disk = disk;
        this.out = out;
        this.text = new OutputStreamWriter(out, charset);
    }

    /**
     * Makes the temporary file.
     *
     * @param charset of what is written as text
     * @throws MppConnectException when it cannot be made, or the classes for the compression are absent
     */
    static PartFile create(Path temporary, Path target, Compression compression, Charset charset) {
        OutputStream disk;
        try {
            disk = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw failure(target, failure);
        }
        try {
            OutputStream buffered = new BufferedOutputStream(disk, BUFFER);
            OutputStream out =
                    compression.compress(buffered, target.getFileName().toString());
            return new PartFile(temporary, target, disk, out, charset);
        } catch (IOException failure) {
            throw discarding(disk, temporary, failure(target, failure));
        } catch (MppConnectException failure) {
            throw discarding(disk, temporary, failure);
        }
    }

    private static MppConnectException discarding(OutputStream disk, Path temporary, MppConnectException failure) {
        try {
            disk.close();
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }

    static MppConnectException failure(Path target, IOException cause) {
        return new MppConnectException(
                ErrorCode.TARGET_FAILED,
                "Cannot write " + target.getFileName() + ": " + FailureReason.of(cause),
                cause);
    }

    Path temporary() {
        return temporary;
    }

    Path target() {
        return target;
    }

    boolean finished() {
        return finished;
    }

    void write(byte[] bytes, int from, int to) {
        try {
            out.write(bytes, from, to - from);
        } catch (IOException failure) {
            throw failure(target, failure);
        }
    }

    /** Writes characters, all of which the file's charset has. */
    void writeText(CharSequence characters) {
        try {
            text.append(characters);
            // What comes next may be bytes.
            text.flush();
        } catch (IOException failure) {
            throw failure(target, failure);
        }
    }

    /** Gives everything to the operating system, so that the name it gets later never stands for less. */
    void finish() {
        try {
            text.close();
            closed = true;
            finished = true;
        } catch (IOException failure) {
            throw failure(target, failure);
        }
    }

    /** Lets go of the file, finished or not. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (disk) {
            text.close();
        } catch (IOException unwritten) {
            // What is not finished is thrown away, so it does not matter that the rest of it cannot be written.
            disk.close();
        }
    }
}
