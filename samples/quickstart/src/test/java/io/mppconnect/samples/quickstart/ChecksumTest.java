package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final List<String> FIRST = List.of("1", "TRUCK", "1996-03-13");
    private static final List<String> SECOND = List.of("2", "MAIL", "1997-01-28");

    @Test
    void isTheSameInAnyOrder() {
        assertThat(of(FIRST, SECOND)).isEqualTo(of(SECOND, FIRST));
    }

    @Test
    void addsUpFromParts() {
        assertThat(of(FIRST).plus(of(SECOND))).isEqualTo(of(FIRST, SECOND));
        assertThat(Checksum.NONE.plus(of(FIRST))).isEqualTo(of(FIRST));
    }

    @Test
    void noticesAChangedValue() {
        assertThat(of(FIRST, SECOND)).isNotEqualTo(of(FIRST, List.of("2", "MAIL", "1997-01-29")));
    }

    @Test
    void noticesALostAndADoubledRow() {
        assertThat(of(FIRST, SECOND)).isNotEqualTo(of(FIRST)).isNotEqualTo(of(FIRST, SECOND, SECOND));
        assertThat(of(FIRST, FIRST).sum())
                .isNotEqualTo(of(SECOND, SECOND).sum())
                .isNotZero();
    }

    @Test
    void noticesValuesThatChangedRows() {
        assertThat(of(FIRST, SECOND))
                .isNotEqualTo(of(List.of("1", "MAIL", "1996-03-13"), List.of("2", "TRUCK", "1997-01-28")));
    }

    @Test
    void noticesCharactersThatMovedToTheNextValue() {
        assertThat(of(List.of("ab", "c"))).isNotEqualTo(of(List.of("a", "bc")));
        assertThat(of(List.of("a", ""))).isNotEqualTo(of(List.of("", "a"))).isNotEqualTo(of(List.of("a")));
    }

    @Test
    void printsItsSumAndItsRows() {
        assertThat(new Checksum(2, 255)).hasToString("00000000000000ff of 2 rows");
    }

    @SafeVarargs
    private static Checksum of(List<String>... rows) {
        Checksum checksum = Checksum.NONE;
        for (List<String> row : rows) {
            checksum = checksum.plusRow(row);
        }
        return checksum;
    }
}
