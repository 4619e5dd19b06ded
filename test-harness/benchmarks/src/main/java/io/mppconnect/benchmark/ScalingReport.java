package io.mppconnect.benchmark;

import java.util.List;
import java.util.Locale;

/** The points of one scaling, for people and for programs. */
final class ScalingReport {

    private ScalingReport() {}

    static String markdown(Scaling scaling, List<ScalingPoint> points, String machine, String method) {
        StringBuilder page = new StringBuilder();
        page.append("Machine: ").append(machine).append(".\n");
        page.append("Method: ").append(method).append(".\n\n");
        page.append("| ").append(scaling.unit());
        page.append(" | rows/s | MB/s | median s | min s | max s | heap MB |\n");
        page.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (ScalingPoint point : points) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %.1f | %.3f | %.3f | %.3f | %.0f |\n",
                    point.step(),
                    point.rowsPerSecond(),
                    point.megabytesPerSecond(),
                    point.seconds().median(),
                    point.seconds().min(),
                    point.seconds().max(),
                    point.heapMegabytes()));
        }
        return page.toString();
    }

    static String csv(Scaling scaling, List<ScalingPoint> points) {
        StringBuilder lines = new StringBuilder("scaling,step,rows_per_s,mb_per_s,median_s,min_s,max_s,heap_mb\n");
        for (ScalingPoint point : points) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%.0f,%.2f,%.4f,%.4f,%.4f,%.1f\n",
                    scaling.label(),
                    point.step(),
                    point.rowsPerSecond(),
                    point.megabytesPerSecond(),
                    point.seconds().median(),
                    point.seconds().min(),
                    point.seconds().max(),
                    point.heapMegabytes()));
        }
        return lines.toString();
    }
}
