package io.mppconnect.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that stays open as long as somebody reads it or a range of it is under way. Thread safe. */
final class SharedFile {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

    private final DataFile file;
    private final FileChannel channel;
    private final AtomicInteger users = new AtomicInteger(1);

    private SharedFile(DataFile file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a file for a first user. */
    static SharedFile open(DataFile file) {
        try {
            return new SharedFile(file, FileChannel.open(file.path(), StandardOpenOption.READ));
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** One more user. */
    void use() {
        users.incrementAndGet();
    }

    /** One user less; the last one closes the file. */
    void leave() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // All that was wanted of it has been read.
            LOG.warn("Cannot close {}", file.name(), e);
        }
    }
}
