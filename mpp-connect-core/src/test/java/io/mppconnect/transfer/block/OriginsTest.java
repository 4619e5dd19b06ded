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
}
