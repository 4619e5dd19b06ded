package io.mppconnect.samples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does pieces of work side by side. */
final class Workers {

    private static final long STOP_SECONDS = 30;

    private Workers() {}

    /** As many threads as there are processors. */
    static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** How many pieces keep all processors busy to the end, though no two take equally long. */
    static int pieces() {
        return Math.max(8, Math.min(64, 2 * threads()));
    }

    /**
     * Waits for all pieces; the first failure, or an interrupt, stops them all. None runs when this returns.
     *
     * @param count how many run at once
     * @return what they returned, in no particular order
     */
    static <T> List<T> run(String name, int count, List<Callable<T>> pieces) throws Exception {
        AtomicInteger started = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                count, work -> new Thread(work, "quickstart-" + name + "-" + started.incrementAndGet()));
        try {
            CompletionService<T> completion = new ExecutorCompletionService<>(threads);
            pieces.forEach(completion::submit);
            List<T> results = new ArrayList<>();
            while (results.size() < pieces.size()) {
                results.add(completion.take().get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        } finally {
            threads.shutdownNow();
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("quickstart: " + name + " does not stop");
            }
        }
    }
}
