package io.mppconnect.benchmark;

import java.util.Locale;

/** The figures for programs: one line for each contender and scenario. */
final class CsvReport {

    private static final String HEADER =
            "scenario,contender,runs,median_s,min_s,max_s,mb_per_s,rows_per_s,cpu_s,our_time_by_its\n";

    private CsvReport() {}

    static String of(Results results) {
        StringBuilder lines = new StringBuilder(HEADER);
        for (Series series : results.series()) {
            Spread seconds = series.seconds();
            lines.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%.4f,%.4f,%.4f,%.2f,%.0f,%s,%s\n",
                    series.scenario().label(),
                    series.contender(),
                    series.samples().size(),
                    seconds.median(),
                    seconds.min(),
                    seconds.max(),
                    series.megabytesPerSecond(),
                    series.rowsPerSecond(),
                    Double.isNaN(series.cpuSeconds()) ? "" : String.format(Locale.ROOT, "%.3f", series.cpuSeconds()),
                    results.ours(series.scenario())
                            .map(ours -> String.format(Locale.ROOT, "%.3f", series.ratioOf(ours)))
                            .orElse("")));
        }
        return lines.toString();
    }
}
