package io.mppconnect;

import io.mppconnect.spi.Positions;
import java.time.Instant;
import java.util.Optional;

/**
 * What the database knows of a job.
 *
 * @param source what its last runner loads, and where into
 * @param epoch how often it was claimed by a runner, or reset
 * @param runner the process that has claimed it last, running or not
 * @param address where that process came from
 * @param batch the number of its last commit, 0 before the first
 * @param rows how many rows its commits have made visible, since the last reset
 * @param finished whether the whole source was committed, so that it loads nothing more until it is reset
 * @param committedAt when it has committed last
 * @param positions how far its source is read
 */
public record JobInfo(
        String name,
        String source,
        long epoch,
        String runner,
        String address,
        long batch,
        long rows,
        boolean finished,
        Instant claimedAt,
        Optional<Instant> committedAt,
        Positions positions) {}
