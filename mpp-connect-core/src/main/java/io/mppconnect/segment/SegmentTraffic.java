package io.mppconnect.segment;

import java.net.InetAddress;
import java.time.Duration;

/**
 * What one segment has moved through one exchange so far.
 *
 * @param segment its content id
 * @param address where its first request came from
 * @param blocks how many blocks it was handed completely, or how many of its POSTs were accepted
 * @param rows how many rows these blocks held; 0 of an unload, whose rows this server does not count
 * @param bytes how many bytes of rows these were
 * @param waited how long the segment waited for us: for the next block, or for its POSTs to be accepted
 * @param connected from its first request until its end, or until now
 * @param ended whether it came to its proper end: it was told that there are no more rows, or it said so and was
 *     answered
 */
public record SegmentTraffic(
        int segment,
        InetAddress address,
        long blocks,
        long rows,
        long bytes,
        Duration waited,
        Duration connected,
        boolean ended) {}
