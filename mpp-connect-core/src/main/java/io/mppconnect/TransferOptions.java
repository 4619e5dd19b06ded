package io.mppconnect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a transfer may use and how long it may take. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.transfer(TransferOptions.defaults().timeout(Duration.ofMinutes(10)).memory(DataSize.ofMegabytes(16)))
 * }</pre>
 */
public final class TransferOptions {

    private static final Duration LONGEST = Duration.ofDays(20);

    private static final TransferOptions DEFAULTS = new TransferOptions(
            "transfer",
            DataSize.ofMegabytes(32),
            DataSize.ofMegabytes(128),
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Optional.empty(),
            Duration.ofSeconds(10),
            Map.of(),
            TransferListener.NONE,
            SideStatements.NONE);

    private final String name;
    private final DataSize memory;
    private final DataSize maxRow;
    private final int parallelism;
    private final Optional<Duration> timeout;
    private final Duration reachTimeout;
    private final Map<String, String> settings;
    private final TransferListener listener;
    private final SideStatements statements;

    private TransferOptions(
            String name,
            DataSize memory,
            DataSize maxRow,
            int parallelism,
            Optional<Duration> timeout,
            Duration reachTimeout,
            Map<String, String> settings,
            TransferListener listener,
            SideStatements statements) {
        this.name = name;
        this.memory = memory;
        this.maxRow = maxRow;
        this.parallelism = parallelism;
        this.timeout = timeout;
        this.reachTimeout = reachTimeout;
        this.settings = settings;
        this.listener = listener;
        this.statements = statements;
    }

    public static TransferOptions defaults() {
        return DEFAULTS;
    }

    /** What log lines, reports and threads call the transfer. Default: {@code transfer}. */
    public TransferOptions name(String value) {
        return new TransferOptions(
                value, memory, maxRow, parallelism, timeout, reachTimeout, settings, listener, statements);
    }

    /**
     * How many bytes of rows may be on their way at once, whatever the size of the data; a longer row travels alone.
     * Default: 32 MB; at least 1 MB.
     */
    public TransferOptions memory(DataSize value) {
        if (value.bytes() < DataSize.ofMegabytes(1).bytes()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid memory: " + value + "; a transfer needs at least 1 MB");
        }
        return new TransferOptions(
                name, value, maxRow, parallelism, timeout, reachTimeout, settings, listener, statements);
    }

    /** The longest row, in bytes of its text form. Default: 128 MB; at most 1 GB, as the database has it. */
    public TransferOptions maxRow(DataSize value) {
        if (value.bytes() < 1 || value.bytes() > DataSize.ofMegabytes(1024).bytes()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid longest row: " + value + "; it must be from 1 B to 1 GB");
        }
        return new TransferOptions(
                name, memory, value, parallelism, timeout, reachTimeout, settings, listener, statements);
    }

    /** How many threads read splits or write to targets. Default: the number of processors, at least 2. */
    public TransferOptions parallelism(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid parallelism: " + threads + "; it must be from 1 to 1024");
        }
        return new TransferOptions(
                name, memory, maxRow, threads, timeout, reachTimeout, settings, listener, statements);
    }

    /** Cancels the transfer when it takes longer. Default: no limit. */
    public TransferOptions timeout(Duration value) {
        return new TransferOptions(
                name,
                memory,
                maxRow,
                parallelism,
                Optional.of(positive("timeout", value)),
                reachTimeout,
                settings,
                listener,
                statements);
    }

    /**
     * How long segments may take to reach the server when a cluster's first transfer asks them to, two hours at most.
     * Default: 10 s.
     */
    public TransferOptions reachTimeout(Duration value) {
        return new TransferOptions(
                name,
                memory,
                maxRow,
                parallelism,
                timeout,
                positive("reach timeout", value),
                settings,
                listener,
                statements);
    }

    /**
     * A setting of the database for the time of the transfer, such as {@code DateStyle} to {@code ISO, DMY} for files
     * with the day first. It wins over what the transfer pins by itself.
     */
    public TransferOptions setting(String parameter, String value) {
        Map<String, String> copy = new LinkedHashMap<>(settings);
        copy.put(parameter, value);
        return new TransferOptions(
                name, memory, maxRow, parallelism, timeout, reachTimeout, Map.copyOf(copy), listener, statements);
    }

    /** Told when the transfer starts and ends. Default: nobody. */
    public TransferOptions listener(TransferListener value) {
        return new TransferOptions(
                name, memory, maxRow, parallelism, timeout, reachTimeout, settings, value, statements);
    }

    /**
     * SQL to run first in the transfer's transaction, before its tables are looked at: what it does is undone when the
     * transfer fails.
     *
     * @param sql taken as it is: never build it from input you do not trust
     */
    public TransferOptions before(String... sql) {
        return statements(new SideStatements(List.of(sql), statements.after()));
    }

    /** SQL to run last in the transfer's transaction, once all rows have moved. */
    public TransferOptions after(String... sql) {
        return statements(new SideStatements(statements.before(), List.of(sql)));
    }

    private TransferOptions statements(SideStatements value) {
        return new TransferOptions(name, memory, maxRow, parallelism, timeout, reachTimeout, settings, listener, value);
    }

    private static Duration positive(String what, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid " + what + ": " + value + "; it must be longer than nothing");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + what + ": " + value + "; the longest is " + LONGEST.toDays() + " days");
        }
        return value;
    }

    public String name() {
        return name;
    }

    public DataSize memory() {
        return memory;
    }

    public DataSize maxRow() {
        return maxRow;
    }

    public int parallelism() {
        return parallelism;
    }

    public Optional<Duration> timeout() {
        return timeout;
    }

    public Duration reachTimeout() {
        return reachTimeout;
    }

    public Map<String, String> settings() {
        return settings;
    }

    /** What runs first. */
    public List<String> before() {
        return statements.before();
    }

    /** What runs last. */
    public List<String> after() {
        return statements.after();
    }

    public TransferListener listener() {
        return listener;
    }

    /** The user's own statements around a transfer's. */
    private record SideStatements(List<String> before, List<String> after) {

        private static final SideStatements NONE = new SideStatements(List.of(), List.of());
    }
}
