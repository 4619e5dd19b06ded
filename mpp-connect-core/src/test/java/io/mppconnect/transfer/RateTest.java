package io.mppconnect.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void itIsThatOfTheWholeTimeAtFirst() {
        Rate rate = new Rate(0);

        assertThat(rate.perSecond(seconds(2), 100)).isEqualTo(50);
    }

    @Test
    void itForgetsWhatWasLongAgo() {
        Rate rate = new Rate(0);
        rate.at(seconds(6), 6_000);
        rate.at(seconds(12), 6_060);

        assertThat(rate.perSecond(seconds(16), 6_100)).isEqualTo(10);
    }

    @Test
    void itGoesDownWhenNothingComes() {
        Rate rate = new Rate(0);
        rate.at(seconds(6), 6_000);
        rate.at(seconds(12), 6_000);

        assertThat(rate.perSecond(seconds(18), 6_000)).isZero();
    }

    @Test
    void aPauseIsForgottenToo() {
        Rate rate = new Rate(0);
        rate.at(seconds(6), 6_000);
        rate.at(seconds(3_600), 6_000);

        assertThat(rate.perSecond(seconds(3_603), 6_800)).isEqualTo(100);
    }

    @Test
    void nothingIsKnownBeforeAnyTimeHasPassed() {
        assertThat(new Rate(7).perSecond(7, 3)).isZero();
    }
}
