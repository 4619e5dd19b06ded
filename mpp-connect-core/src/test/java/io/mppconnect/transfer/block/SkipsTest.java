package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SkipsTest {

    private static final int MOST = 1 << 20;

    @Property(tries = 50)
    void linesInAnyOrderAreFoundByTheOriginThatTheyAreOf(@ForAll Random random) {
        Skips skips = new Skips();
        TreeMap<Long, Long> added = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            long line = Origins.line(random.nextInt(3), 1 + random.nextInt(2000));
            long record = random.nextInt(1_000_000);
            added.put(line, record);
            skips.add(line, record);
        }
        for (int i = 0; i < 1000; i++) {
            long line = Origins.line(random.nextInt(4), random.nextInt(2100));
            Map.Entry<Long, Long> before = added.floorEntry(line);
            boolean same = before != null && Origins.number(before.getKey()) == Origins.number(line);

            assertThat(skips.record(line))
                    .isEqualTo(same ? before.getValue() + line - before.getKey() : Origins.record(line));
        }
    }

    @Test
    void theOldestOfAllOriginsIsForgotten() {
        Skips skips = new Skips();
        skips.add(Origins.line(7, 1), 100);
        skips.add(Origins.line(7, 5), 700);
        skips.add(Origins.line(8, 1), 200);
        skips.add(Origins.line(8, 9), 900);
        for (int i = 0; i < MOST - 1; i++) {
            skips.add(Origins.line(9, 1 + i), 10L * i);
        }

        assertThat(skips.record(Origins.line(7, 2))).isEqualTo(101);

        skips.add(Origins.line(8, 5), 500);

        assertThat(skips.record(Origins.line(7, 2))).isEqualTo(2);
        assertThat(skips.record(Origins.line(7, 6))).isEqualTo(701);
        assertThat(skips.record(Origins.line(8, 2))).isEqualTo(201);

        skips.add(Origins.line(7, 7), 1000);

        assertThat(skips.record(Origins.line(8, 2))).isEqualTo(2);
        assertThat(skips.record(Origins.line(8, 6))).isEqualTo(501);
        assertThat(skips.record(Origins.line(8, 10))).isEqualTo(901);
        assertThat(skips.record(Origins.line(9, 1))).isZero();
    }

    @Test
    void anOriginsLastChangeIsNeverForgotten() {
        Skips skips = new Skips();
        skips.add(Origins.line(7, 1), 100);
        for (int i = 0; i < 2 * MOST; i++) {
            skips.add(Origins.line(9, 1 + i), 10L * i);
        }

        assertThat(skips.any(7)).isTrue();
        assertThat(skips.record(Origins.line(7, 2))).isEqualTo(101);
        assertThat(skips.record(Origins.line(9, 2L * MOST + 1))).isEqualTo(10L * (2 * MOST - 1) + 1);

        skips.add(Origins.line(7, 5), 700);

        assertThat(skips.record(Origins.line(7, 2))).isEqualTo(101);
        assertThat(skips.record(Origins.line(7, 6))).isEqualTo(701);
    }

    @Test
    void aLineThatIsAddedAgainTakesTheOthersPlace() {
        Skips skips = new Skips();
        skips.add(5, 50);
        skips.add(5, 70);

        assertThat(skips.record(6)).isEqualTo(71);
    }
}
