package io.mppconnect.transfer;

import org.jspecify.annotations.Nullable;

/** Reads what a transfer's {@code prepare} has left for {@code move}. */
final class Planned {

    private Planned() {}

    static <T> T of(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A transfer moves only what it has prepared");
        }
        return value;
    }
}
