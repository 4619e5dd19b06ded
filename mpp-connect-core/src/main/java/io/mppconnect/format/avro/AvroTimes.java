package io.mppconnect.format.avro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.text.TemporalParser;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.Optional;

/** How the text of dates and times becomes numbers of Avro. */
final class AvroTimes {

    private static final long MICROS = 1000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final byte[] INFINITY = "infinity".getBytes(US_ASCII);

    private AvroTimes() {}

    /** Finds a date or a time. */
    private interface Parse {
        boolean find(TemporalParser parser, byte[] text, int from, int to);
    }

    /** Empty when values of this kind are nothing that the logical type stands for. */
    static Optional<TextStep> of(String logical, TypeKind kind) {
        return switch (logical) {
            case "date" -> kind == TypeKind.DATE ? step(TemporalParser::parseDate, "") : Optional.empty();
            case "time-millis", "time-micros", "time-nanos" ->
                kind == TypeKind.TIME ? step(TemporalParser::parseTime, logical) : Optional.empty();
            case "timestamp-millis", "timestamp-micros", "timestamp-nanos" ->
                kind == TypeKind.TIMESTAMPTZ ? step(TemporalParser::parseInstant, logical) : Optional.empty();
            case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos" ->
                kind == TypeKind.TIMESTAMP ? step(TemporalParser::parseTimestamp, logical) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<TextStep> step(Parse parse, String unit) {
        TemporalParser parser = new TemporalParser();
        boolean millis = unit.endsWith("millis");
        boolean nanos = unit.endsWith("nanos");
        boolean timeOfDay = unit.startsWith("time-");
        return Optional.of((text, from, to, record) -> {
            if (!parse.find(parser, text, from, to)) {
                throw noNumber(parser, text, from, to);
            }
            long value = parser.value();
            if (timeOfDay && value == MICROS_PER_DAY) {
                throw new BadRecordException(
                        "it is 24:00:00, which Avro has no time for; cast the column to text in the query");
            }
            if (millis) {
                value = Math.floorDiv(value, MICROS);
            } else if (nanos) {
                if (value > Long.MAX_VALUE / MICROS || value < Long.MIN_VALUE / MICROS) {
                    throw new BadRecordException("it is further from 1970 than Avro has nanoseconds for");
                }
                value *= MICROS;
            }
            AvroBytes.addLong(value, record);
        });
    }

    private static BadRecordException noNumber(TemporalParser parser, byte[] text, int from, int to) {
        if (parser.isRemote()) {
            return new BadRecordException("it is further from 1970 than Avro has numbers for");
        }
        int unsigned = from < to && text[from] == '-' ? from + 1 : from;
        return Arrays.equals(text, unsigned, to, INFINITY, 0, INFINITY.length)
                ? new BadRecordException(
                        "it is infinite, which Avro has no number for; cast the column to text in the query")
                : new BadRecordException("its text is no date or time of DateStyle ISO");
    }
}
