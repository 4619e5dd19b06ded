package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what is wrong with many files, to report it all at once. */
final class Problems {

    private static final int SHOWN = 10;

    private final List<MppConnectException> found = new ArrayList<>();

    void add(MppConnectException problem) {
        found.add(problem);
    }

    void add(ErrorCode code, String message) {
        found.add(new MppConnectException(code, message));
    }

    /**
     * Goes on only when nothing was found.
     *
     * @throws MppConnectException with every problem in its message, and the code and the cause of the first
     */
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        MppConnectException first = found.get(0);
        if (found.size() == 1) {
            throw first;
        }
        StringBuilder message = new StringBuilder(String.valueOf(first.getMessage()));
        for (MppConnectException next : found.subList(1, Math.min(found.size(), SHOWN))) {
            message.append("; ").append(sentencePart(next));
        }
        if (found.size() > SHOWN) {
            message.append("; and ").append(found.size() - SHOWN).append(" more");
        }
        throw new MppConnectException(first.code(), message.toString(), first.getCause());
    }

    private static String sentencePart(MppConnectException problem) {
        String message = String.valueOf(problem.getMessage());
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
