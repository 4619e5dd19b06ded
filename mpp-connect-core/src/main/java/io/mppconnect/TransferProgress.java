package io.mppconnect;

import java.time.Duration;
import java.util.Map;
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
 * @param commits how many commits a load that commits many times has made
 * @param rejected how many rows were set aside, see {@link Rejects}; of a load of one commit, once the statement is over
 * @param rowsPerSecond of a load that commits many times, over the last ten seconds or so; else since the start
 * @param lastCommit of a load that commits many times, how long the last commit took, from the statement's start to the
 *     answer; else zero
 * @param behind how far each part of the source, such as a partition, is behind its end, in the source's own unit, such as
 *     records: what is not committed yet counts; as of when the source was asked last, empty when it does not know
 */
public record TransferProgress(
        Phase phase,
        long rows,
        long bytes,
        int splitsDone,
        int splits,
        OptionalLong sourceBytes,
        long sourceBytesRead,
        long commits,
        long rejected,
        double rowsPerSecond,
        Duration lastCommit,
        Map<String, Long> behind,
        Duration elapsed) {

    private static final double NANOS = 1e9;

    public TransferProgress {
        behind = Map.copyOf(behind);
    }

    /** Of a transfer of one commit. */
    public TransferProgress(
            Phase phase,
            long rows,
            long bytes,
            int splitsDone,
            int splits,
            OptionalLong sourceBytes,
            long sourceBytesRead,
            long rejected,
            Duration elapsed) {
        this(
                phase,
                rows,
                bytes,
                splitsDone,
                splits,
                sourceBytes,
                sourceBytesRead,
                0,
                rejected,
                elapsed.isZero() ? 0 : rows / (elapsed.toNanos() / NANOS),
                Duration.ZERO,
                Map.of(),
                elapsed);
    }

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

    /** How far the whole source is behind its end; empty when it does not know. */
    public OptionalLong totalBehind() {
        return behind.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        behind.values().stream().mapToLong(Long::longValue).sum());
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
        if (commits > 0) {
            line.add(Figures.count(commits, "commit"));
            line.add(Figures.count(Math.round(rowsPerSecond), "row") + "/s");
        }
        if (rejected > 0) {
            line.add(Figures.count(rejected) + " rejected");
        }
        totalBehind().ifPresent(total -> line.add(Figures.count(total) + " behind"));
        return line.toString();
    }
}
