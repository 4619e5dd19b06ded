package io.mppconnect.benchmark;

import java.util.Locale;

/** The figures for people. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String of(Results results) {
        StringBuilder page = new StringBuilder();
        page.append("Machine: ").append(results.machine()).append(".\n");
        page.append("Database: ").append(results.database()).append(".\n");
        page.append("Method: ").append(results.method()).append(".\n");
        for (Scenario scenario : Scenario.values()) {
            if (!results.of(scenario).isEmpty()) {
                append(page, results, scenario);
            }
        }
        if (!results.notes().isEmpty()) {
            page.append('\n');
            results.notes().forEach(note -> page.append("- ").append(note).append('\n'));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, Results results, Scenario scenario) {
        page.append("\n### ").append(scenario.title()).append("\n\n");
        page.append("| who | median s | min s | max s | MB/s | rows/s | CPU s | our time / its |\n");
        page.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Series series : results.of(scenario)) {
            Spread seconds = series.seconds();
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.1f | %,.0f | %s | %s |\n",
                    series.contender(),
                    seconds.median(),
                    seconds.min(),
                    seconds.max(),
                    series.megabytesPerSecond(),
                    series.rowsPerSecond(),
                    Double.isNaN(series.cpuSeconds()) ? "-" : String.format(Locale.ROOT, "%.2f", series.cpuSeconds()),
                    results.ours(scenario)
                            .map(ours -> String.format(Locale.ROOT, "%.2f", series.ratioOf(ours)))
                            .orElse("-")));
        }
    }
}
