package io.mppconnect.transfer;

import org.jspecify.annotations.Nullable;

/** Reads what {@link Movement#prepare} has left for {@link Movement#move}. */
final class Planned {

    private Planned() {}

    static <T> T of(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A transfer moves only what it has prepared");
        }
        return value;
    }
}
