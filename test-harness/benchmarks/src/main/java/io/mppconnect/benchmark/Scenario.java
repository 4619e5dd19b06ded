package io.mppconnect.benchmark;

import java.util.Locale;
import java.util.Optional;

/** What is measured end to end. */
enum Scenario {
    START("Load one row with everything new: connection, server, what is known of the table"),
    SERVE("Serve a raw TEXT file to raw clients, no database"),
    LOAD("Load lineitem from a TEXT file"),
    UNLOAD("Unload lineitem to TEXT files"),
    ROWS("Load lineitem rows out of memory"),
    UPSERT("Upsert a fifth of lineitem from a TEXT file, half of its rows new, by the primary key"),
    JSON("Load events of 12 fields from a topic of JSON, exactly once; peers without topics, from a TEXT file"),
    AVRO("Load events of 12 fields from a topic of Avro, exactly once; peers without topics, from a TEXT file");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The empty table that rows end up in; empty when there is none. */
    Optional<String> target() {
        return switch (this) {
            case START, LOAD, ROWS -> Optional.of(Workbench.TARGET);
            case JSON, AVRO -> Optional.of(Workbench.EVENTS);
            case SERVE, UNLOAD, UPSERT -> Optional.empty();
        };
    }

    /** Whether events are moved, and no line items. */
    boolean ofEvents() {
        return this == JSON || this == AVRO;
    }

    /** What the command line and the CSV call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
