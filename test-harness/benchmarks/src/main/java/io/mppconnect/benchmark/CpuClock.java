package io.mppconnect.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts processor time from its start on. */
final class CpuClock {

    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final long start;

    private CpuClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** The time of all threads of this JVM, its collector and compiler included. */
    static CpuClock ofThisProcess() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new CpuClock(system::getProcessCpuTime);
    }

    /** The time of another process. */
    static CpuClock of(Process process) {
        return new CpuClock(
                () -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos());
    }

    double seconds() {
        return (nanos.getAsLong() - start) / NANOS;
    }
}
