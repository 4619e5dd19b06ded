package io.mppconnect.format.avro;

import java.util.Map;
import java.util.Set;
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

    private static final Set<String> UNITS = Set.of("millis", "micros", "nanos");

    private AvroLogical() {}

    /** What a number stands for that was written by one schema and is read by another: in the unit that it was written in. */
    static String of(Schema writer, Schema reader) {
        String read = of(reader);
        String written = of(writer);
        if (read.isEmpty() || written.isEmpty()) {
            return read;
        }
        int readUnit = read.lastIndexOf('-') + 1;
        String unit = written.substring(written.lastIndexOf('-') + 1);
        boolean both = UNITS.contains(unit) && UNITS.contains(read.substring(readUnit));
        return both ? read.substring(0, readUnit) + unit : written;
    }

    /** The name of a logical type; empty when a value is just what it is. */
    static String of(Schema schema) {
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        String name = schema.getProp("connect.name");
        return name == null ? "" : DEBEZIUM.getOrDefault(name, "");
    }
}
