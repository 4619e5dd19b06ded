package io.mppconnect.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** How long events took from produce to visible. */
final class Latency {

    private final int perSecond;
    private final Duration interval;
    private final double[] millis;
    private final double rowsPerCommit;

    /**
     * Figures of one run.
     *
     * @param perSecond how many events came a second
     * @param interval of the commits
     * @param millis of each event
     * @param rowsPerCommit on average
     */
    Latency(int perSecond, Duration interval, double[] millis, double rowsPerCommit) {
        this.perSecond = perSecond;
        this.interval = interval;
        this.millis = millis.clone();
        this.rowsPerCommit = rowsPerCommit;
        Arrays.sort(this.millis);
    }

    private double quantile(double share) {
        return millis[(int) Math.min(millis.length - 1L, Math.round(share * millis.length))];
    }

    String markdown(String machine, String database) {
        return "Machine: " + machine + ".\nDatabase: " + database + ".\n\n### From produce to visible, exactly once\n\n"
                + "| events/s | commits every ms | events | rows a commit | median ms | 90 % | 99 % | 99.9 % | max |\n"
                + "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
                + String.format(
                        Locale.ROOT,
                        "| %,d | %d | %,d | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f |\n",
                        perSecond,
                        interval.toMillis(),
                        millis.length,
                        rowsPerCommit,
                        quantile(0.5),
                        quantile(0.9),
                        quantile(0.99),
                        quantile(0.999),
                        quantile(1));
    }

    String csv() {
        return "per_second,commit_ms,events,median_ms,p90_ms,p99_ms,p999_ms,max_ms\n"
                + String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%.2f,%.2f,%.2f,%.2f,%.2f\n",
                        perSecond,
                        interval.toMillis(),
                        millis.length,
                        quantile(0.5),
                        quantile(0.9),
                        quantile(0.99),
                        quantile(0.999),
                        quantile(1));
    }
}
