package io.mppconnect.format;

import java.util.Map;
import org.apache.avro.Schema;

/** What the numbers of a schema stand for, by Avro's logical types or by the names that Debezium gives its own. */
final class AvroLogical {

    /** Those that no logical type has by itself. */
    private static final Map<String, String> DEBEZIUM = Map.of(
            "io.debezium.time.Date", "date",
            "io.debezium.time.Time", "time-millis",
            "io.debezium.time.MicroTime", "time-micros",
            "io.debezium.time.NanoTime", "time-nanos",
            "io.debezium.time.Timestamp", "local-timestamp-millis",
            "io.debezium.time.MicroTimestamp", "local-timestamp-micros",
            "io.debezium.time.NanoTimestamp", "local-timestamp-nanos");

    private AvroLogical() {}

    /** The name of a logical type; empty when a value is just what it is. */
    static String of(Schema schema) {
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        String name = schema.getProp("connect.name");
        return name == null ? "" : DEBEZIUM.getOrDefault(name, "");
    }
}
