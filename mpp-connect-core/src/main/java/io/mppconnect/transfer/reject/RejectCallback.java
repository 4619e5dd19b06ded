package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import java.util.function.Consumer;

/** Hands rejected rows to the application. */
record RejectCallback(Consumer<? super RejectedRow> consumer) implements RejectDestination {

    @Override
    public boolean wantsFailed() {
        return true;
    }

    @Override
    public void take(RejectedRow row) {
        consumer.accept(row);
    }

    @Override
    public void finish() {
        // It has them all.
    }

    @Override
    public void publish() {
        // It has them all.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
