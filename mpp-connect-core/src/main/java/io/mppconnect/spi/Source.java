package io.mppconnect.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come from: files, memory, a topic.
 *
 * <p>A source is an immutable description. Every run of a transfer {@linkplain #open opens} it once and closes what it
 * got, so one source may be run many times, also at once. A load that tries again after a failure opens it once per
 * attempt.
 */
public interface Source {

    /** What log lines and messages call this source, such as {@code files orders-*.csv.gz}; no secrets. */
    String name();

    /** Whether it comes to an end by itself. One that does not is loaded by many commits, until it is stopped. */
    default boolean bounded() {
        return true;
    }

    /**
     * Whether it can be read again from where it was before: its readers tell {@link SplitReader#positions}, and
     * {@link #open} goes on from {@link LoadContext#positions}.
     */
    default boolean resumable() {
        return false;
    }

    /**
     * Joins those who share the source: several runs, in any number of JVMs, that read parts of it each. With a job they
     * are all runs of one, and none takes it over from the others. Asked once per run; what it gives is then opened instead
     * of this, and the run closes it at its end, however that comes.
     *
     * @param job the job that keeps the positions; null when the source is to
     * @return empty, as by default, when whoever reads it reads all of it
     * @throws Exception whatever keeps it from being joined; the run fails with it and does not try again
     */
    default Optional<JoinedSource> join(@Nullable String job) throws Exception {
        return Optional.empty();
    }

    /**
     * Looks at the source and plans one pass over it. Everything that can be found wrong before a row moves is thrown
     * here.
     *
     * @throws Exception whatever keeps the source from being read; the transfer fails with it as its cause
     */
    SourceScan open(LoadContext context) throws Exception;
}
