package io.mppconnect.spi;

/** Where rows go: files, memory, a topic. An immutable description, opened once per run. */
public interface Target {

    /** What log lines and messages call this target, such as {@code files /data/out}; no secrets. */
    String name();

    /**
     * Prepares to take rows. Everything that can be found wrong before a row moves is thrown here.
     *
     * @throws Exception whatever keeps the target from being written; the transfer fails with it as its cause
     */
    TargetWrite open(UnloadContext context) throws Exception;
}
