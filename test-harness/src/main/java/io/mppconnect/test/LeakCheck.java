package io.mppconnect.test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Compares what there is after a test with what there was before it. */
final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        context.getStore(NAMESPACE).put(Inventory.class, Inventory.take());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Inventory before = Objects.requireNonNull(context.getStore(NAMESPACE).get(Inventory.class, Inventory.class));
        check(context.getDisplayName(), before, GRACE);
    }

    /** Fails when there is something that was not there before, and does not go away in time. */
    static void check(String test, Inventory before, Duration grace) throws Exception {
        List<String> leaks = leaks(before, grace);
        if (!leaks.isEmpty()) {
            throw new AssertionError("Test " + test + " leaves behind:\n  " + String.join("\n  ", leaks));
        }
    }

    /** What there is now and was not before, once it has had time to go away. */
    static List<String> leaks(Inventory before, Duration grace) throws Exception {
        long deadline = System.nanoTime() + grace.toNanos();
        List<String> leaks = Inventory.take().without(before);
        while (!leaks.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(PAUSE.toMillis());
            leaks = Inventory.take().without(before);
        }
        return leaks;
    }
}
