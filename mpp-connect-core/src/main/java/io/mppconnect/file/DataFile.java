package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file to read, as it was when the scan was planned.
 *
 * @param name what messages and the database's error log call it: the file's own name, or its path when another file
 *     of the scan has the same
 * @param size in bytes on disk
 */
record DataFile(Path path, String name, long size, FileTime modified, Compression compression) {

    static DataFile of(Path path, String name, Compression compression) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new DataFile(path, name, attributes.size(), attributes.lastModifiedTime(), compression);
    }

    boolean compressed() {
        return compression != Compression.NONE;
    }

    /**
     * Refuses a file that is not the one that was planned for any more.
     *
     * @throws MppConnectException when it has another size or time of modification, or is gone
     */
    void checkUnchanged() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() != size) {
                throw failure("it changed while it was read: it had " + size + " bytes and has " + now.size());
            }
            if (!now.lastModifiedTime().equals(modified)) {
                throw failure("it changed while it was read");
            }
        } catch (IOException gone) {
            throw failure("it changed while it was read: " + FailureReason.of(gone), gone);
        }
    }

    /** The failure when fewer bytes can be read than there were. */
    MppConnectException shrunk() {
        try {
            checkUnchanged();
            return failure("it changed while it was read");
        } catch (MppConnectException change) {
            return change;
        }
    }

    MppConnectException failure(String reason) {
        return new MppConnectException(ErrorCode.SOURCE_FAILED, cannotRead(reason));
    }

    MppConnectException failure(String reason, Throwable cause) {
        return new MppConnectException(ErrorCode.SOURCE_FAILED, cannotRead(reason), cause);
    }

    MppConnectException badData(String reason) {
        return new MppConnectException(ErrorCode.BAD_DATA, cannotRead(reason));
    }

    MppConnectException badData(String reason, Throwable cause) {
        return new MppConnectException(ErrorCode.BAD_DATA, cannotRead(reason), cause);
    }

    private String cannotRead(String reason) {
        return "Cannot read " + name + ": " + reason;
    }
}
