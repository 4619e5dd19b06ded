package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginsTest {

    private final Origins origins = new Origins();

    @Test
    void theFirstOriginKeepsItsLineNumbers() {
        assertThat(origins.line("a.csv", 17)).isEqualTo(17);
        assertThat(origins.place(17)).isEqualTo("line 17 of a.csv");
    }

    @Test
    void everyOriginIsTakenForItself() {
        origins.line("a.csv", 1);
        long second = origins.line("b.csv", 999_999_999_999L);
        long third = origins.line("c.csv", 3);

        assertThat(origins.place(second)).isEqualTo("line 999999999999 of b.csv");
        assertThat(origins.place(third)).isEqualTo("line 3 of c.csv");
        assertThat(origins.line("b.csv", 999_999_999_999L)).isEqualTo(second);
    }

    @Test
    void aLineThatNobodyGaveIsJustALine() {
        assertThat(origins.place(5)).isEqualTo("line 5");
    }

    @Test
    void linesCountOnWhereRecordsAreMissing() {
        origins.line("a", 1);
        long line = origins.line("b", 10);
        origins.skip("b", 12, 100);
        origins.skip("b", 13, 200);
        origins.skip("a", 5, 50);

        assertThat(origins.place(line + 1)).isEqualTo("line 11 of b");
        assertThat(origins.place(line + 2)).isEqualTo("line 100 of b");
        assertThat(origins.place(line + 5)).isEqualTo("line 202 of b");
        assertThat(origins.find(line + 3)).isEqualTo(new Origins.Place("b", 200));
        assertThat(origins.recordAt("b", 14)).isEqualTo(201);
        assertThat(origins.place(7)).isEqualTo("line 52 of a");
    }

    @Test
    void anOriginThatIsResumedHasItsOwnNumbersAgain() {
        origins.line("a", 1);
        origins.skip("a", 5, 50);
        origins.resume("a", 60);

        assertThat(origins.place(6)).isEqualTo("line 51 of a");
        assertThat(origins.place(60)).isEqualTo("line 60 of a");
        assertThat(origins.place(61)).isEqualTo("line 61 of a");
    }

    @Test
    void manySkipsAreKeptAndTheOldestForgotten() {
        for (int i = 0; i < 1_100_000; i++) {
            origins.skip("a", i + 1, 10L * i + 1);
        }

        assertThat(origins.place(1_100_000)).isEqualTo("line 10999991 of a");
        assertThat(origins.place(100_000)).isEqualTo("line 999991 of a");
        assertThat(origins.place(5)).isEqualTo("line 5 of a");
    }

    @Test
    void nothingIsSkippedWhereNobodyLooksLinesUp() {
        assertThat(Origins.plain().skip("a", 5, 50)).isFalse();
    }
}
