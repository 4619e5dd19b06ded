package io.mppconnect.spi;

/**
 * Where rows come from: files, memory, a topic.
 *
 * <p>A source is an immutable description. Every run of a transfer {@linkplain #open opens} it once and closes what it
 * got, so one source may be run many times, also at once.
 */
public interface Source {

    /** What log lines and messages call this source, such as {@code files orders-*.csv.gz}; no secrets. */
    String name();

    /**
     * Looks at the source and plans one pass over it. Everything that can be found wrong before a row moves is thrown
     * here.
     *
     * @throws Exception whatever keeps the source from being read; the transfer fails with it as its cause
     */
    SourceScan open(LoadContext context) throws Exception;
}
