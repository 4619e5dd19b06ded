package io.mppconnect.segment;

import java.time.Duration;

/**
 * What the scans of a {@link LoadScans} may take.
 *
 * @param most how many may be open at once; one more fails its statement, unless the place of one that no segment is
 *     connected to can be taken
 * @param patience how long a scan stays open without a connection while some segments have not come yet
 */
public record ScanLimits(int most, Duration patience) {}
