package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames the files of one unload to what they shall be called, and undoes it when that fails half-way. */
final class Publication {

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Path directory;
    private final String prefix;
    private final Deque<Rename> done = new ArrayDeque<>();

    private record Rename(Path from, Path to) {}

    /**
     * Publishes into one directory.
     *
     * @param prefix what the names of files start with that nobody shall see
     */
    Publication(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    /**
     * Publishes.
     *
     * @param replaced files that go; those that are not there are no matter
     * @throws MppConnectException when a rename fails; every name is as it was before then
     */
    void run(List<PartFile> parts, List<Path> replaced) {
        List<Path> aside = new ArrayList<>();
        if (parts.size() != 1 || !replaced.equals(List.of(parts.get(0).target()))) {
            for (Path old : replaced) {
                Path hidden = directory.resolve(prefix + old.getFileName() + ".old");
                rename(old, hidden);
                aside.add(hidden);
            }
        }
        for (PartFile part : parts) {
            rename(part.temporary(), part.target());
        }
        aside.forEach(Publication::delete);
    }

    private void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            done.push(new Rename(from, to));
        } catch (IOException cause) {
            MppConnectException failure = new MppConnectException(
                    ErrorCode.TARGET_FAILED,
                    "Cannot rename " + from + " to " + to.getFileName() + ": " + FailureReason.of(cause),
                    cause);
            undo(failure);
            throw failure;
        }
    }

    private void undo(MppConnectException failure) {
        while (!done.isEmpty()) {
            Rename rename = done.pop();
            try {
                Files.move(rename.to(), rename.from(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException second) {
                failure.addSuppressed(second);
            }
        }
    }

    private static void delete(Path replaced) {
        try {
            Files.deleteIfExists(replaced);
        } catch (IOException failure) {
            LOG.warn("The new files are there, but the replaced {} could not be deleted", replaced, failure);
        }
    }
}
