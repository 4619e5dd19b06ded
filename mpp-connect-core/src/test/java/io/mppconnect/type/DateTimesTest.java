package io.mppconnect.type;

import static io.mppconnect.type.ValueWriterTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DateTimesTest {

    private static Stream<Arguments> edges() {
        return Stream.of(
                Arguments.of(TypeKind.DATE, LocalDate.of(-4713, 11, 24), "4714-11-24 BC"),
                Arguments.of(TypeKind.DATE, LocalDate.of(0, 1, 1), "0001-01-01 BC"),
                Arguments.of(TypeKind.DATE, LocalDate.of(1, 1, 1), "0001-01-01"),
                Arguments.of(TypeKind.DATE, LocalDate.of(5874897, 12, 31), "5874897-12-31"),
                Arguments.of(TypeKind.TIME, LocalTime.MIDNIGHT, "00:00:00"),
                Arguments.of(TypeKind.TIME, LocalTime.MAX, "24:00:00"),
                Arguments.of(TypeKind.TIME, LocalTime.of(0, 0, 0, 499), "00:00:00"),
                Arguments.of(TypeKind.TIME, LocalTime.of(0, 0, 0, 500), "00:00:00.000001"),
                Arguments.of(TypeKind.TIMETZ, OffsetTime.of(LocalTime.MAX, ZoneOffset.ofHours(-1)), "24:00:00-01:00"),
                Arguments.of(TypeKind.TIMESTAMP, LocalDateTime.parse("-4713-11-24T00:00"), "4714-11-24 00:00:00 BC"),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        LocalDateTime.parse("1969-12-31T23:59:59.999999500"),
                        "1970-01-01 00:00:00"),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        LocalDateTime.parse("+294246-12-31T23:59:59.999999"),
                        "294246-12-31 23:59:59.999999"),
                Arguments.of(
                        TypeKind.TIMESTAMP, LocalDateTime.parse("+294247-01-01T00:00:00"), "294247-01-01 00:00:00"),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        LocalDateTime.parse("+294276-12-31T23:59:59.999999499"),
                        "294276-12-31 23:59:59.999999"),
                Arguments.of(TypeKind.TIMESTAMPTZ, Instant.parse("-4713-11-24T00:00:00Z"), "4714-11-24 00:00:00+00 BC"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        Instant.parse("+294276-12-31T23:59:59.999999Z"),
                        "294276-12-31 23:59:59.999999+00"),
                Arguments.of(TypeKind.INTERVAL, Duration.ZERO, "00:00:00"),
                Arguments.of(TypeKind.INTERVAL, Duration.ofNanos(500), "00:00:00.000001"),
                Arguments.of(TypeKind.INTERVAL, Duration.ofMillis(-1), "-00:00:00.001"),
                Arguments.of(TypeKind.INTERVAL, Duration.ofHours(2147483646), "2147483646:00:00"),
                Arguments.of(TypeKind.INTERVAL, Period.ZERO, "+0 years +0 mons +0 days"),
                Arguments.of(TypeKind.INTERVAL, Period.ofYears(-178956970), "-178956970 years +0 mons +0 days"));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void writesTheEdgesOfEachRange(TypeKind kind, Object value, String text) throws InterruptedException {
        assertThat(written(Types.of(kind), value)).isEqualTo(text);
    }

    private static Stream<Arguments> beyond() {
        String date = "the value does not fit date (4714-11-24 BC to 5874897-12-31)";
        String timestamp = "the value does not fit timestamp (4714-11-24 00:00:00 BC to 294276-12-31 23:59:59.999999)";
        String timestamptz =
                "the value does not fit timestamptz (4714-11-24 00:00:00 BC to 294276-12-31 23:59:59.999999)";
        String offset = "the value's offset does not fit timetz (-15:59:59 to +15:59:59)";
        return Stream.of(
                Arguments.of(TypeKind.DATE, LocalDate.of(-4713, 11, 23), date),
                Arguments.of(TypeKind.DATE, LocalDate.of(5874898, 1, 1), date),
                Arguments.of(TypeKind.DATE, LocalDate.MIN, date),
                Arguments.of(TypeKind.TIMESTAMP, LocalDateTime.parse("-4713-11-23T23:59:59.999999999"), timestamp),
                Arguments.of(TypeKind.TIMESTAMP, LocalDateTime.parse("+294276-12-31T23:59:59.999999500"), timestamp),
                Arguments.of(TypeKind.TIMESTAMP, LocalDateTime.MAX, timestamp),
                Arguments.of(TypeKind.TIMESTAMPTZ, Instant.MIN, timestamptz),
                Arguments.of(TypeKind.TIMESTAMPTZ, Instant.MAX, timestamptz),
                Arguments.of(TypeKind.TIMESTAMPTZ, OffsetDateTime.MAX, timestamptz),
                Arguments.of(TypeKind.TIMETZ, OffsetTime.MIN, offset),
                Arguments.of(TypeKind.TIMETZ, OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(-16)), offset),
                Arguments.of(
                        TypeKind.INTERVAL,
                        Duration.ofHours(-2147483647),
                        "the value does not fit interval (less than 2147483647 hours)"),
                Arguments.of(
                        TypeKind.INTERVAL,
                        Duration.ofSeconds(Long.MIN_VALUE),
                        "the value does not fit interval (less than 2147483647 hours)"),
                Arguments.of(
                        TypeKind.INTERVAL,
                        Period.ofYears(Integer.MAX_VALUE),
                        "the value does not fit interval (at most 178956970 years)"));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void refusesWhatIsBeyond(TypeKind kind, Object value, String reason) {
        assertThatThrownBy(() -> written(Types.of(kind), value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: " + reason);
    }

    @Test
    void writesTheLastMicrosecondsOfALongAsTimestamps() throws InterruptedException {
        assertThat(written(Types.of(TypeKind.TIMESTAMPTZ), Instant.parse("+294247-06-01T00:00:00Z")))
                .isEqualTo("294247-06-01 00:00:00+00");
    }
}
