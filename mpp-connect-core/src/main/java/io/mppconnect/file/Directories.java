package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The directories that an unload made for its files. */
final class Directories {

    private final Deque<Path> made = new ArrayDeque<>();

    /**
     * Makes a directory and those above it, as far as they are not there.
     *
     * @throws MppConnectException when nothing can be written there; what was made is gone again
     */
    static Directories make(Path directory) {
        Directories directories = new Directories();
        try {
            directories.ensure(directory.toAbsolutePath());
        } catch (IOException failure) {
            throw directories.undoing(cannotWriteInto(directory, FailureReason.of(failure), failure));
        }
        if (!Files.isWritable(directory)) {
            throw directories.undoing(cannotWriteInto(directory, "permission denied", null));
        }
        return directories;
    }

    static MppConnectException cannotWriteInto(Path directory, String reason, @Nullable IOException cause) {
        return new MppConnectException(
                ErrorCode.TARGET_FAILED, "Cannot write into " + directory + ": " + reason, cause);
    }

    private void ensure(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            ensure(parent);
        }
        try {
            Files.createDirectory(directory);
            made.push(directory);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(directory)) {
                throw new IOException("it is not a directory", exists);
            }
        }
    }

    /** Deletes those that are empty again. */
    void remove() throws IOException {
        while (!made.isEmpty()) {
            try {
                Files.deleteIfExists(made.peek());
            } catch (DirectoryNotEmptyException inUse) {
                // Somebody else writes there meanwhile, so it has to stay, and so have those above it.
                made.clear();
                return;
            }
            made.pop();
        }
    }

    private MppConnectException undoing(MppConnectException failure) {
        try {
            remove();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }
}
