package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records through the bytes of the wire and back, with all that a column can hold. */
class RoundTripTest {

    private enum Mood {
        SAD,
        GLAD
    }

    private record Everything(
            boolean flag,
            Boolean boxedFlag,
            short small,
            int medium,
            long large,
            Long boxedLarge,
            float single,
            double real,
            BigDecimal exact,
            BigInteger whole,
            String name,
            char letter,
            Mood mood,
            LocalDate day,
            LocalTime clock,
            LocalDateTime localStamp,
            Instant stamp,
            Duration span,
            UUID uuid,
            List<Integer> numbers,
            List<String> words) {}

    private static final List<Column> COLUMNS = Columns.all(
            "flag boolean",
            "boxed_flag boolean",
            "small int2",
            "medium int4",
            "large int8",
            "boxed_large int8",
            "single float4",
            "real float8",
            "exact numeric",
            "whole numeric",
            "name text",
            "letter text",
            "mood text",
            "day date",
            "clock time",
            "local_stamp timestamp",
            "stamp timestamptz",
            "span interval",
            "uuid uuid",
            "numbers int4[]",
            "words text[]");

    private final Random random = new Random(20_240_229);

    @Test
    void recordsComeBackAsTheyWere() throws Exception {
        List<Everything> sent = Stream.generate(this::everything).limit(3_000).toList();
        byte[] wire = CapturedRows.bytes(Rows.records(Everything.class, sent), COLUMNS);

        List<Everything> received = new ArrayList<>();
        unload(Rows.into(Everything.class, received::add), wire);
        assertThat(received).isEqualTo(sent);

        List<Everything> converted = new ArrayList<>();
        unload(Rows.into(row -> converted.add(row.to(Everything.class))), wire);
        assertThat(converted).isEqualTo(sent);
    }

    @Test
    void mapsComeBackAsTheyWere() throws Exception {
        List<Everything> sent = Stream.generate(this::everything).limit(200).toList();
        byte[] wire = CapturedRows.bytes(Rows.records(Everything.class, sent), COLUMNS);

        List<Row> rows = new ArrayList<>();
        unload(Rows.into(rows::add), wire);
        byte[] again =
                CapturedRows.bytes(Rows.maps(rows.stream().map(Row::asMap).toList()), COLUMNS);

        List<Everything> received = new ArrayList<>();
        unload(Rows.into(Everything.class, received::add), again);
        assertThat(received).isEqualTo(sent);
    }

    private static void unload(Target target, byte[] wire) throws Exception {
        try (TargetWrite write = target.open(new UnloadContext(COLUMNS, 1, 1 << 20));
                SegmentWriter writer = write.open(0)) {
            writer.write(wire, 0, wire.length);
            writer.finish();
            write.commit();
        }
    }

    private Everything everything() {
        return new Everything(
                random.nextBoolean(),
                orNull(random::nextBoolean),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                orNull(random::nextLong),
                Float.intBitsToFloat(random.nextInt(0x7f80_0000)),
                random.nextInt(20) == 0
                        ? Double.NEGATIVE_INFINITY
                        : (random.nextDouble() - 0.5) * Math.exp(random.nextInt(600) - 300),
                orNull(() -> new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(40))),
                orNull(() -> new BigInteger(1 + random.nextInt(200), random).negate()),
                orNull(this::text),
                (char) (1 + random.nextInt(0xd7ff)),
                Mood.values()[random.nextInt(2)],
                orNull(() -> LocalDate.ofEpochDay(random.nextInt(6_000_000) - 2_440_588)),
                orNull(() -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000)),
                orNull(() -> LocalDate.ofEpochDay(random.nextInt(3_000_000) - 1_000_000)
                        .atTime(LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000))),
                orNull(() -> Instant.ofEpochSecond(
                        random.nextLong(400_000_000_000L) - 200_000_000_000L, random.nextInt(1_000_000) * 1_000L)),
                orNull(() -> Duration.ofMillis(random.nextLong(2_000_000_000_000L) - 1_000_000_000_000L)),
                orNull(() -> new UUID(random.nextLong(), random.nextLong())),
                orNull(() -> Stream.generate(random::nextInt)
                        .limit(random.nextInt(5))
                        .toList()),
                orNull(() ->
                        Stream.generate(this::text).limit(random.nextInt(5)).toList()));
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextInt(8) == 0 ? null : value.get();
    }

    private String text() {
        String alphabet = "ab \t\n\r\\\"',{}N\u00e9\u65e5\u000b\u0001";
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return random.nextInt(10) == 0
                ? "\\N"
                : text.append(random.nextInt(5) == 0 ? "\uD83D\uDE80" : "").toString();
    }
}
