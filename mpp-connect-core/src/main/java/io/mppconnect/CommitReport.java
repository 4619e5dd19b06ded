package io.mppconnect;

import io.mppconnect.spi.Positions;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One commit of a load that commits many times.
 *
 * @param number the how manyth it is: of its job, or of this run when there is no job
 * @param rows how many rows it has loaded; 0 when only positions went on
 * @param rejected how many rows were set aside, see {@link Rejects}
 * @param bytes how many bytes they were on the wire
 * @param elapsed from the statement's start to the commit's answer
 * @param positions how far the source is read now
 * @param totalBehind how far that is behind the source's end, see {@link StreamProgress#totalBehind}; empty when it does
 *     not know
 */
public record CommitReport(
        long number,
        long rows,
        long rejected,
        long bytes,
        Duration elapsed,
        Positions positions,
        OptionalLong totalBehind) {

    /** One line: which commit, and how much it has loaded. */
    @Override
    public String toString() {
        return "commit " + number + ": " + Figures.count(rows, "row") + " in " + Figures.seconds(elapsed) + ", "
                + DataSize.ofBytes(bytes)
                + (rejected == 0 ? "" : ", " + Figures.count(rejected) + " rejected")
                + (totalBehind.isEmpty() ? "" : ", " + Figures.count(totalBehind.getAsLong()) + " behind");
    }
}
