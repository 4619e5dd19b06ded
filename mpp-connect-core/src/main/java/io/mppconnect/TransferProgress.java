package io.mppconnect;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * How far a transfer is; numbers only grow.
 *
 * @param phase what it is doing now
 * @param rows how many rows segments have taken, or sent; of a load that commits many times, how many are committed
 * @param bytes how many bytes these are, on the wire
 * @param splitsDone how many splits are read to their end; of an unload, how many segments are done
 * @param splits how many there are, 0 while nobody knows
 * @param sourceBytes about how many bytes the source holds, if it knows
 * @param sourceBytesRead about how many of them are read
 * @param rejected how many rows were set aside, see {@link Rejects}; of a load of one commit, once the statement is over
 * @param stream what only a load that commits many times has; empty for any other transfer
 */
public record TransferProgress(
        Phase phase,
        long rows,
        long bytes,
        int splitsDone,
        int splits,
        OptionalLong sourceBytes,
        long sourceBytesRead,
        long rejected,
        Optional<StreamProgress> stream,
        Duration elapsed) {

    /** What a transfer is doing. */
    public enum Phase {
        /** Connecting, looking at both sides, planning. */
        PREPARING,
        /** Rows move. */
        MOVING,
        /** Cancelled or failed; everything is rolling back. */
        STOPPING,
        /** All rows have moved; counting, publishing, committing. From here it cannot be cancelled. */
        COMMITTING,
        COMMITTED,
        FAILED
    }

    /** One line: the phase, how much has moved, how much of the source is read. */
    @Override
    public String toString() {
        StringJoiner line = new StringJoiner(", ", phase + ": ", "");
        line.add(Figures.count(rows, "row") + " in " + Figures.seconds(elapsed))
                .add(DataSize.ofBytes(bytes).toString());
        if (splits > 0) {
            line.add(Figures.count(splitsDone) + " of " + Figures.count(splits, "split") + " done");
        }
        if (sourceBytes.isPresent()) {
            line.add(DataSize.ofBytes(sourceBytesRead) + " of " + DataSize.ofBytes(sourceBytes.getAsLong()) + " read");
        }
        stream.filter(told -> told.commits() > 0)
                .ifPresent(told -> line.add(Figures.count(told.commits(), "commit"))
                        .add(Figures.count(Math.round(told.rowsPerSecond()), "row") + "/s"));
        if (rejected > 0) {
            line.add(Figures.count(rejected) + " rejected");
        }
        stream.ifPresent(told -> told.totalBehind().ifPresent(total -> line.add(Figures.count(total) + " behind")));
        return line.toString();
    }
}
