package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The temporary files of one unload, beside the final ones. Used by many threads at once. */
final class Staging implements AutoCloseable {

    private final Path directory;
    private final Directories made;
    private final String prefix = ".mpp-connect-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final List<PartFile> parts = new ArrayList<>();
    private boolean closed;

    private Staging(Path directory, Directories made) {
        this.directory = directory;
        this.made = made;
    }

    /**
     * Starts in a directory, which is made when it is not there.
     *
     * @throws MppConnectException when nothing can be written there
     */
    static Staging in(Path directory) {
        return new Staging(directory, Directories.make(directory));
    }

    /** A new temporary file for a final one in the directory. */
    synchronized PartFile part(String name, Compression compression, Charset charset) {
        if (closed) {
            throw new MppConnectException(
                    ErrorCode.TARGET_FAILED, "Cannot write " + name + ": the unload has ended already");
        }
        PartFile part = PartFile.create(
                directory.resolve(prefix + name + ".tmp"), directory.resolve(name), compression, charset);
        parts.add(part);
        return part;
    }

    /**
     * Gives all files their names, and takes those away that they replace: all of it or nothing.
     *
     * @param replaced what is there and shall not be any more
     * @throws MppConnectException when a file is in the way that is not to be replaced, or the disk fails
     */
    synchronized void publish(List<Path> replaced) {
        for (PartFile part : parts) {
            if (!part.finished()) {
                throw new MppConnectException(
                        ErrorCode.TARGET_FAILED,
                        "Cannot publish " + part.target().getFileName() + ": it has not been finished");
            }
            if (!replaced.contains(part.target()) && Files.exists(part.target())) {
                throw new MppConnectException(
                        ErrorCode.TARGET_FAILED,
                        "Cannot publish " + part.target().getFileName() + ": it came to exist during the unload");
            }
        }
        new Publication(directory, prefix).run(parts, replaced);
        parts.clear();
        closed = true;
    }

    /** Closes after a failure, and gives it back. */
    RuntimeException closing(RuntimeException failure) {
        try {
            close();
        } catch (MppConnectException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }

    /** Without {@link #publish} before, discards all files and the directories that were made for them. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        MppConnectException failure = null;
        for (PartFile part : parts) {
            try {
                part.close();
                Files.deleteIfExists(part.temporary());
            } catch (IOException second) {
                failure = joined(failure, part.temporary(), second);
            }
        }
        parts.clear();
        try {
            made.remove();
        } catch (IOException second) {
            failure = joined(failure, directory, second);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static MppConnectException joined(@Nullable MppConnectException first, Path path, IOException cause) {
        MppConnectException next = new MppConnectException(
                ErrorCode.TARGET_FAILED, "Cannot delete " + path + ": " + FailureReason.of(cause), cause);
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
