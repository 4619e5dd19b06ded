package io.mppconnect.transfer.failure;

import io.mppconnect.MppConnectException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What went wrong first, whichever side saw it; all that followed is suppressed in it. */
public final class FirstCause {

    private final AtomicReference<@Nullable MppConnectException> first = new AtomicReference<>();

    /** Whether this was the first. */
    public boolean record(MppConnectException failure) {
        if (first.compareAndSet(null, failure)) {
            return true;
        }
        MppConnectException cause = first.get();
        if (cause != null && cause != failure) {
            cause.addSuppressed(failure);
        }
        return false;
    }

    @Nullable
    public MppConnectException get() {
        return first.get();
    }
}
