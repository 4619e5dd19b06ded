package io.mppconnect.benchmark;

import java.util.Optional;

/** Who moves rows: we, or a peer. */
interface Contender extends AutoCloseable {

    String name();

    /** Why it cannot take part here; empty when it can. */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /** Whether this is something it does at all. */
    boolean does(Scenario scenario);

    /** What its figures do not say by themselves. */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** Does it once, and measures it. */
    Sample run(Scenario scenario) throws Exception;

    @Override
    default void close() {}
}
