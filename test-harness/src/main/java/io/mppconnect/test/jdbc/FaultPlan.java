package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.SegmentFaults;
import java.util.Optional;

/** What is to go wrong, asked when it is its turn. */
public interface FaultPlan {

    /** What goes wrong with the segments of the next statement. */
    SegmentFaults segments();

    /** The error that a statement raises when all its data has moved. */
    Optional<String> failureAfterData();

    /** Whether this commit loses its answer. */
    boolean losesCommitAnswer();

    /** Whether the session is to be killed here. */
    boolean kills(KillPoint point);
}
