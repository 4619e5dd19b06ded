package io.mppconnect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a transfer may use and how long it may take. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.transfer(TransferOptions.defaults().timeout(Duration.ofMinutes(10)).memory(DataSize.ofMegabytes(16)))
 * }</pre>
 */
public final class TransferOptions {

    private static final TransferOptions DEFAULTS = new TransferOptions(new Values());

    private final Values values;

    private TransferOptions(Values values) {
        this.values = values;
    }

    /** The options themselves: changed in a fresh copy alone, before anybody else sees it. */
    private static final class Values {

        private String name = "transfer";
        private DataSize memory = DataSize.ofMegabytes(32);
        private DataSize maxRow = DataSize.ofMegabytes(128);
        private int parallelism = Math.max(2, Runtime.getRuntime().availableProcessors());
        private Optional<Duration> timeout = Optional.empty();
        private Duration reachTimeout = Duration.ofSeconds(10);
        private Route route = Route.SEGMENTS;
        private Map<String, String> settings = Map.of();
        private List<String> before = List.of();
        private List<String> after = List.of();
        private TransferListener listener = TransferListener.NONE;
        private Optional<Rejects> rejects = Optional.empty();

        private Values copy() {
            Values copy = new Values();
            copy.name = name;
            copy.memory = memory;
            copy.maxRow = maxRow;
            copy.parallelism = parallelism;
            copy.timeout = timeout;
            copy.reachTimeout = reachTimeout;
            copy.route = route;
            copy.settings = settings;
            copy.before = before;
            copy.after = after;
            copy.listener = listener;
            copy.rejects = rejects;
            return copy;
        }
    }

    private TransferOptions with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new TransferOptions(copy);
    }

    /** The defaults that each option names. */
    public static TransferOptions defaults() {
        return DEFAULTS;
    }

    /** What log lines, reports and threads call the transfer. Default: {@code transfer}. */
    public TransferOptions name(String value) {
        return with(copy -> copy.name = value);
    }

    /**
     * How many bytes of rows may be on their way at once, whatever the size of the data; a longer row travels alone.
     * Default: 32 MB; at least 1 MB.
     */
    public TransferOptions memory(DataSize value) {
        DataSize checked = OptionChecks.memory(value);
        return with(copy -> copy.memory = checked);
    }

    /**
     * The longest row, in bytes of its text form. Default: 128 MB; at least 64 kB, as blocks have it, at most 1 GB, as the
     * database has it.
     */
    public TransferOptions maxRow(DataSize value) {
        DataSize checked = OptionChecks.maxRow(value);
        return with(copy -> copy.maxRow = checked);
    }

    /** How many threads read splits or write to targets. Default: the number of processors, at least 2. */
    public TransferOptions parallelism(int threads) {
        int checked = OptionChecks.parallelism(threads);
        return with(copy -> copy.parallelism = checked);
    }

    /** Cancels the transfer when it takes longer. Default: no limit. */
    public TransferOptions timeout(Duration value) {
        Duration checked = OptionChecks.positive("timeout", value);
        return with(copy -> copy.timeout = Optional.of(checked));
    }

    /**
     * How long segments may take to reach the server when a cluster's first transfer asks them to, two hours at most.
     * Default: 10 s.
     */
    public TransferOptions reachTimeout(Duration value) {
        Duration checked = OptionChecks.positive("reach timeout", value);
        return with(copy -> copy.reachTimeout = checked);
    }

    /** The way the rows take. Default: {@link Route#SEGMENTS}. */
    public TransferOptions route(Route value) {
        return with(copy -> copy.route = value);
    }

    /**
     * A setting of the database for the time of the transfer, such as {@code DateStyle} to {@code ISO, DMY} for files
     * with the day first. It wins over what the transfer pins by itself.
     */
    public TransferOptions setting(String parameter, String value) {
        Map<String, String> all = new LinkedHashMap<>(values.settings);
        all.put(parameter, value);
        return with(copy -> copy.settings = Map.copyOf(all));
    }

    /**
     * SQL to run first in the transfer's transaction, before its tables are looked at: what it does is undone when the
     * transfer fails. Not for loads that commit many times.
     *
     * @param sql taken as it is: never build it from input you do not trust
     */
    public TransferOptions before(String... sql) {
        return with(copy -> copy.before = List.of(sql));
    }

    /** SQL to run last in the transfer's transaction, once all rows have moved. Not for loads that commit many times. */
    public TransferOptions after(String... sql) {
        return with(copy -> copy.after = List.of(sql));
    }

    /** Told when the transfer starts and ends. Default: nobody. */
    public TransferOptions listener(TransferListener value) {
        return with(copy -> copy.listener = value);
    }

    /** What a load does with rows that cannot be loaded. Default: the first one fails it. */
    public TransferOptions rejecting(Rejects value) {
        return with(copy -> copy.rejects = Optional.of(value));
    }

    /** The name in logs, of threads and in reports. Default: {@code transfer}. */
    public String name() {
        return values.name;
    }

    /** How much memory the blocks of the transfer may take. Default: 32 MB. */
    public DataSize memory() {
        return values.memory;
    }

    /** How long a row may be on the wire. Default: 128 MB. */
    public DataSize maxRow() {
        return values.maxRow;
    }

    /** How many splits are read at once. Default: the number of processors, two at least. */
    public int parallelism() {
        return values.parallelism;
    }

    /** How long the transfer may take. Default: no limit. */
    public Optional<Duration> timeout() {
        return values.timeout;
    }

    /** How long segments may take to reach the server. Default: 10 s. */
    public Duration reachTimeout() {
        return values.reachTimeout;
    }

    /** The way that rows take. Default: {@link Route#SEGMENTS}. */
    public Route route() {
        return values.route;
    }

    /** The session's settings for the transfer, beside those it needs itself. Default: none. */
    public Map<String, String> settings() {
        return values.settings;
    }

    /** What runs first. */
    public List<String> before() {
        return values.before;
    }

    /** What runs last. */
    public List<String> after() {
        return values.after;
    }

    /** What becomes of rows that cannot be loaded. Default: empty, the first one fails the load. */
    public Optional<Rejects> rejects() {
        return values.rejects;
    }

    /** Who hears of the transfer. Default: nobody. */
    public TransferListener listener() {
        return values.listener;
    }
}
