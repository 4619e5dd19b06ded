package io.mppconnect;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far a load that commits many times is, beyond what {@link TransferProgress} tells of any transfer.
 *
 * @param commits how many commits it has made
 * @param rowsPerSecond how many rows were committed a second, over the last ten seconds or so
 * @param lastCommit how long the last commit took, from the statement's start to the answer; zero before the first
 * @param behind how far each part of the source, such as a partition, is behind its end, in the source's own unit, such as
 *     records: what is not committed yet counts; as of when the source was asked last, empty when it does not know
 */
public record StreamProgress(long commits, double rowsPerSecond, Duration lastCommit, Map<String, Long> behind) {

    public StreamProgress {
        behind = Map.copyOf(behind);
    }

    /** How far the whole source is behind its end; empty when it does not know. */
    public OptionalLong totalBehind() {
        return behind.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        behind.values().stream().mapToLong(Long::longValue).sum());
    }
}
