package io.mppconnect;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a served source may use. Immutable; each method returns a changed copy.
 *
 * <p>The memory of all rows on their way is {@link #memory} times {@link #scans} at most, and there are as many reading
 * threads as scans times {@link #parallelism}; while nobody reads there are none.
 */
public final class ExposureOptions {

    private static final Duration LONGEST = Duration.ofHours(24);

    private static final ExposureOptions DEFAULTS = new ExposureOptions(new Values());

    private final Values values;

    private ExposureOptions(Values values) {
        this.values = values;
    }

    /** The options themselves: changed in a fresh copy alone, before anybody else sees it. */
    private static final class Values {

        private String name = "exposure";
        private DataSize memory = DataSize.ofMegabytes(8);
        private DataSize maxRow = DataSize.ofMegabytes(128);
        private int parallelism = Math.max(2, Runtime.getRuntime().availableProcessors());
        private int scans = 16;
        private Duration patience = Duration.ofMinutes(1);
        private Duration reachTimeout = TransferOptions.defaults().reachTimeout();
        private Consumer<? super ScanReport> listener = report -> {};

        private Values copy() {
            Values copy = new Values();
            copy.name = name;
            copy.memory = memory;
            copy.maxRow = maxRow;
            copy.parallelism = parallelism;
            copy.scans = scans;
            copy.patience = patience;
            copy.reachTimeout = reachTimeout;
            copy.listener = listener;
            return copy;
        }
    }

    private ExposureOptions with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new ExposureOptions(copy);
    }

    /** The defaults that each option names. */
    public static ExposureOptions defaults() {
        return DEFAULTS;
    }

    /** What log lines and threads call it. Default: {@code exposure}. */
    public ExposureOptions name(String value) {
        return with(copy -> copy.name = value);
    }

    /**
     * How many bytes of rows one scan may have on their way; a longer row travels alone. Default: 8 MB; at least 1 MB.
     */
    public ExposureOptions memory(DataSize value) {
        DataSize checked = OptionChecks.memory(value);
        return with(copy -> copy.memory = checked);
    }

    /** The longest row, in bytes of its text form. Default: 128 MB; from 64 kB to 1 GB. */
    public ExposureOptions maxRow(DataSize value) {
        DataSize checked = OptionChecks.maxRow(value);
        return with(copy -> copy.maxRow = checked);
    }

    /** How many threads of each scan read splits. Default: the number of processors, at least 2. */
    public ExposureOptions parallelism(int threads) {
        int checked = OptionChecks.parallelism(threads);
        return with(copy -> copy.parallelism = checked);
    }

    /**
     * How many scans may be open at once; the statement that begins one more fails. A statement takes a scan for each time
     * that it names the table. Default: 16; from 1 to 1000.
     */
    public ExposureOptions scans(int most) {
        if (most < 1 || most > 1000) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid number of scans: " + most + "; it must be from 1 to 1000");
        }
        return with(copy -> copy.scans = most);
    }

    /**
     * How long a scan waits for segments that have not come yet while no other is connected. Then it is given up; a
     * segment that still comes fails its statement. So end scans with a LIMIT, when some segments were not needed, unless
     * their place is needed before. Default: 1 minute; from 1 s to 24 hours.
     */
    public ExposureOptions patience(Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid patience: " + value + "; it must be from 1 s to 24 hours");
        }
        return with(copy -> copy.patience = value);
    }

    /** As {@link TransferOptions#reachTimeout}. Default: 10 s. */
    public ExposureOptions reachTimeout(Duration value) {
        Duration checked = OptionChecks.positive("reach timeout", value);
        return with(copy -> copy.reachTimeout = checked);
    }

    /** Told of every scan that has ended, on its own thread; what it throws is logged and ignored. Default: nobody. */
    public ExposureOptions onScan(Consumer<? super ScanReport> value) {
        return with(copy -> copy.listener = value);
    }

    /** The name in logs and of threads. Default: {@code exposure}. */
    public String name() {
        return values.name;
    }

    /** How much memory the blocks of each scan may take. Default: 8 MB. */
    public DataSize memory() {
        return values.memory;
    }

    /** How long a row may be on the wire. Default: 128 MB. */
    public DataSize maxRow() {
        return values.maxRow;
    }

    /** How many splits of each scan are read at once. Default: the number of processors, two at least. */
    public int parallelism() {
        return values.parallelism;
    }

    /** How many scans may run at once. Default: 16. */
    public int scans() {
        return values.scans;
    }

    /** How long a scan waits for its segments. Default: 1 minute. */
    public Duration patience() {
        return values.patience;
    }

    /** How long segments may take to reach the server when they are asked to. Default: 10 s. */
    public Duration reachTimeout() {
        return values.reachTimeout;
    }

    /** Who is told of every scan. */
    public Consumer<? super ScanReport> listener() {
        return values.listener;
    }
}
