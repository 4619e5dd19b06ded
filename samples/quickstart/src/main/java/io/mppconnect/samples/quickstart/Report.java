package io.mppconnect.samples.quickstart;

import io.mppconnect.DataSize;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints what happened, step by step. */
final class Report {

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    /** A line: what was done, and how it went. */
    void line(String step, String format, Object... values) {
        out.printf(Locale.ROOT, "%-14s %s%n", step, String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** A load, what each segment took of it, and which side was slower. */
    void load(String step, TransferReport report) {
        transfer(step, report);
        line(
                "",
                "segments waited %.2f s for rows, workers waited %.2f s for segments",
                seconds(report.waitedForSource()),
                seconds(report.waitedForSegments()));
    }

    /** An unload, what each segment sent of it, and whether the files were slower. */
    void unload(String step, TransferReport report) {
        transfer(step, report);
        line("", "segments waited %.2f s for the files", seconds(report.waitedForSegments()));
    }

    private void transfer(String step, TransferReport report) {
        double seconds = seconds(report.elapsed());
        line(
                step,
                "%,d rows, %s in %.2f s: %,.0f rows/s, %s/s",
                report.rows(),
                DataSize.ofBytes(report.bytes()),
                seconds,
                report.rows() / seconds,
                DataSize.ofBytes((long) (report.bytes() / seconds)));
        segments(report.segments(), report.rows());
    }

    private void segments(List<SegmentPart> segments, long rows) {
        line("", "%7s  %-15s %12s %7s %10s %7s", "segment", "from", "rows", "share", "bytes", "blocks");
        segments.stream()
                .sorted(Comparator.comparingInt(SegmentPart::segment))
                .forEach(part -> line(
                        "",
                        "%7d  %-15s %,12d %5.1f %% %10s %7d",
                        part.segment(),
                        part.address(),
                        part.rows(),
                        rows == 0 ? 0.0 : 100.0 * part.rows() / rows,
                        DataSize.ofBytes(part.bytes()),
                        part.blocks()));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
