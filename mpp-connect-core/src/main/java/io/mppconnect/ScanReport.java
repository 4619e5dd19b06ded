package io.mppconnect;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one scan of a served source: one statement's reading of it, or a part of the statement that names it
 * several times.
 *
 * @param table the external table's name
 * @param rows how many rows segments have taken
 * @param bytes how many bytes these were
 * @param failure why it failed, when the source or the application was the reason
 */
public record ScanReport(
        String table, End end, long rows, long bytes, Duration elapsed, Optional<MppConnectException> failure) {

    /** How it has ended. */
    public enum End {
        /** All rows were taken. */
        READ,
        /** The statement needed no more rows, or was cancelled. */
        LEFT,
        /** Some segments never came, see {@link ExposureOptions#patience}. */
        ABANDONED,
        /** The statement was failed: by the source, or because the table was closed. */
        FAILED
    }

    /** One line: the table, how the scan has ended, how much was taken. */
    @Override
    public String toString() {
        return table + ": scan " + end + ", " + Figures.count(rows, "row") + " in " + Figures.seconds(elapsed) + ", "
                + DataSize.ofBytes(bytes)
                + failure.map(cause -> ", " + cause.getMessage()).orElse("");
    }
}
