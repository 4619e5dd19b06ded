package io.mppconnect.samples.quickstart;

import org.jspecify.annotations.Nullable;

/** What the quickstart itself found wrong, in words for people. */
final class QuickstartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QuickstartException(String message) {
        this(message, null);
    }

    QuickstartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
