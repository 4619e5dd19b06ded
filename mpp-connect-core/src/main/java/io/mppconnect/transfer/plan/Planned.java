package io.mppconnect.transfer.plan;

import org.jspecify.annotations.Nullable;

/** Reads what a transfer's {@code prepare} has left for {@code move}. */
public final class Planned {

    private Planned() {}

    public static <T> T of(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A transfer moves only what it has prepared");
        }
        return value;
    }
}
