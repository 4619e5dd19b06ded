package io.mppconnect.test.segment;

import java.time.Duration;
import java.util.List;

/**
 * What the segments of one scan, or one write, have to do.
 *
 * @param table the external table's name, without a schema
 * @param locations as written in the table's definition
 * @param columns the names of its columns
 * @param retryTimeout how long a segment tries to reach the server
 * @param readTimeout how long a reading segment waits for bytes; zero for ever
 * @param tls how they speak gpfdists
 */
public record TransferPlan(
        String table,
        List<String> locations,
        List<String> columns,
        RowFormat format,
        ScanIdentity identity,
        Duration retryTimeout,
        Duration readTimeout,
        SegmentTls tls,
        SegmentFaults faults) {

    public TransferPlan {
        locations = List.copyOf(locations);
        columns = List.copyOf(columns);
    }
}
