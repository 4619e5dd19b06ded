package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DigitsTest {

    private final byte[] bytes = new byte[Digits.DECIMAL];

    @Test
    void writesLongsAsJavaDoes() {
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1, 10 * power - 1}) {
                checkLong(value);
                checkLong(-value);
            }
        }
        for (int shift = 0; shift < Long.SIZE; shift++) {
            checkLong(Long.MIN_VALUE >> shift);
            checkLong(Long.MAX_VALUE >> shift);
        }
        Random random = new Random(51);
        for (int i = 0; i < 100_000; i++) {
            checkLong(random.nextLong() >> random.nextInt(Long.SIZE));
        }
    }

    @Test
    void writesDecimalsAsJavaDoes() {
        Random random = new Random(52);
        for (int i = 0; i < 100_000; i++) {
            long unscaled = random.nextLong() >> random.nextInt(Long.SIZE);
            int scale = random.nextInt(Digits.MAX_SCALE + 1);
            assertThat(text(Digits.writeDecimal(unscaled, scale, bytes, 0)))
                    .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
        }
    }

    @Test
    void writesUuidsAsJavaDoes() {
        Random random = new Random(53);
        for (int i = 0; i < 1000; i++) {
            UUID value = new UUID(random.nextLong(), random.nextLong());
            assertThat(text(Digits.writeUuid(value, bytes, 0))).isEqualTo(value.toString());
        }
    }

    private void checkLong(long value) {
        assertThat(text(Digits.writeLong(value, bytes, 0))).isEqualTo(Long.toString(value));
    }

    private String text(int length) {
        return new String(bytes, 0, length, US_ASCII);
    }
}
