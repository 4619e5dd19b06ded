package io.mppconnect;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them in a line of a log. */
final class Figures {

    private Figures() {}

    /** {@code 1 row}, {@code 1,500 rows}. */
    static String count(long number, String unit) {
        return count(number) + " " + unit + (number == 1 ? "" : "s");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1.250 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
