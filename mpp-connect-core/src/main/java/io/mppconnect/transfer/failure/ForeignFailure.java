package io.mppconnect.transfer.failure;

import java.text.ParseException;
import java.time.DateTimeException;

/** What may be said of an exception that somebody else's code threw. */
public final class ForeignFailure {

    private static final int LONGEST_CHAIN = 20;

    private ForeignFailure() {}

    /** As its {@code toString}, but for those that quote the value they do not like; the cause has it all. */
    public static String text(Throwable failure) {
        return quotesValues(failure) ? failure.getClass().getName() : failure.toString();
    }

    /** Whether it is about a value, or its message may be that of one that is. */
    private static boolean quotesValues(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
            if (cause instanceof IllegalArgumentException
                    || cause instanceof DateTimeException
                    || cause instanceof ParseException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
