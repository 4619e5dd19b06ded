package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Column;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final int FIELDS = 16;
    private static final int ROWS = 12;
    private static final int FORMATS = 600;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final List<Column> columns = Samples.names(FIELDS).stream()
            .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
            .toList();

    @Test
    void everyKindOfValueComesBackInTextOfAnyFormat() throws InterruptedException {
        Random random = new Random(21);
        for (int i = 0; i < FORMATS; i++) {
            check(Samples.text(random), random.nextLong());
        }
    }

    @Test
    void everyKindOfValueComesBackInCsvOfAnyFormat() throws InterruptedException {
        Random random = new Random(22);
        for (int i = 0; i < FORMATS; i++) {
            check(Samples.csv(random), random.nextLong());
        }
    }

    /** The bytes are read by the plain reference, too, so that encoder and decoder are not wrong in the same way. */
    private void check(RowFormat format, long seed) throws InterruptedException {
        byte[] bytes = encode(format, seed);
        List<List<String>> expected = ReferenceReader.rows(bytes, format);
        assertThat(expected).hasSize(ROWS);
        assertThat(ReferenceReader.rowEnds(bytes, format)).last().isEqualTo(bytes.length);

        RowDecoder decoder = RowDecoder.of(format, columns);
        byte[] padded = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, padded, 1, bytes.length);
        decoder.reset(padded, 1, bytes.length + 1);
        Random random = new Random(seed);
        for (int row = 0; row < ROWS; row++) {
            assertThat(decoder.next()).isTrue();
            checkTexts(decoder, expected.get(row));
            checkValues(decoder, random);
        }
        assertThat(decoder.next()).isFalse();
    }

    private static void checkTexts(RowDecoder decoder, List<String> expected) {
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < FIELDS; i++) {
            if (decoder.isNull(i)) {
                actual.add(null);
            } else {
                byte[] values = decoder.valueBytes();
                actual.add(new String(values, decoder.valueFrom(i), decoder.valueTo(i) - decoder.valueFrom(i), UTF_8));
                assertThat(decoder.textAt(i)).isEqualTo(actual.get(i));
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static byte[] encode(RowFormat format, long seed) throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(500);
        RowEncoder encoder = RowEncoder.of(format, Samples.names(FIELDS), blocks);
        Random random = new Random(seed);
        for (int row = 0; row < ROWS; row++) {
            encoder.writeNull();
            encoder.writeBoolean(random.nextBoolean());
            encoder.writeInt(random.nextInt());
            encoder.writeLong(number(random));
            encoder.writeFloat(Float.intBitsToFloat(random.nextInt()));
            encoder.writeDouble(Double.longBitsToDouble(random.nextLong()));
            encoder.writeDecimal(decimal(random));
            encoder.writeDecimal(number(random), random.nextInt(39));
            encoder.writeText(Samples.string(random));
            byte[] utf8 = Samples.string(random).getBytes(UTF_8);
            encoder.writeUtf8(utf8, 0, utf8.length);
            byte[] bytes = bytes(random);
            encoder.writeBytes(bytes, 0, bytes.length);
            encoder.writeDate(random.nextInt() / 2);
            encoder.writeTime(time(random));
            encoder.writeTimestamp(timestamp(random));
            encoder.writeInstant(timestamp(random));
            encoder.writeUuid(new UUID(random.nextLong(), random.nextLong()));
            encoder.endRow();
        }
        encoder.flush();
        return blocks.bytes();
    }

    private static void checkValues(RowDecoder decoder, Random random) {
        assertThat(decoder.isNull(0)).isTrue();
        assertThat(decoder.booleanAt(1)).isEqualTo(random.nextBoolean());
        assertThat(decoder.intAt(2)).isEqualTo(random.nextInt());
        assertThat(decoder.longAt(3)).isEqualTo(number(random));
        assertThat(Float.floatToIntBits(decoder.floatAt(4)))
                .isEqualTo(Float.floatToIntBits(Float.intBitsToFloat(random.nextInt())));
        assertThat(Double.doubleToLongBits(decoder.doubleAt(5)))
                .isEqualTo(Double.doubleToLongBits(Double.longBitsToDouble(random.nextLong())));
        assertThat(decoder.decimalAt(6)).isEqualTo(decimal(random));
        assertThat(decoder.decimalAt(7)).isEqualTo(BigDecimal.valueOf(number(random), random.nextInt(39)));
        assertThat(decoder.textAt(8)).isEqualTo(Samples.string(random));
        assertThat(decoder.textAt(9)).isEqualTo(Samples.string(random));
        assertThat(decoder.bytesAt(10)).isEqualTo(bytes(random));
        assertThat(decoder.epochDayAt(11)).isEqualTo(random.nextInt() / 2);
        assertThat(decoder.timeMicrosAt(12)).isEqualTo(time(random));
        assertThat(decoder.timestampMicrosAt(13)).isEqualTo(timestamp(random));
        assertThat(decoder.instantMicrosAt(14)).isEqualTo(timestamp(random));
        assertThat(decoder.uuidAt(15)).isEqualTo(new UUID(random.nextLong(), random.nextLong()));
    }

    private static long number(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static BigDecimal decimal(Random random) {
        BigInteger unscaled = new BigInteger(random.nextInt(120), random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(120) - 50);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 9000 : 20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long time(Random random) {
        return random.nextInt(20) == 0
                ? MICROS_PER_DAY
                : random.nextInt(86_400) * 1_000_000L + (random.nextBoolean() ? 0 : random.nextInt(1_000_000));
    }

    private static long timestamp(Random random) {
        return (random.nextInt(200_000_000) - 100_000_000) * MICROS_PER_DAY + time(random) % MICROS_PER_DAY;
    }
}
