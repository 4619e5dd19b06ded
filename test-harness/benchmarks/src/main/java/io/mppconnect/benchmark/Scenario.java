package io.mppconnect.benchmark;

import java.util.Locale;

/** What is measured end to end. */
enum Scenario {
    START("Load one row with everything new: connection, server, what is known of the table"),
    SERVE("Serve a raw TEXT file to raw clients, no database"),
    LOAD("Load lineitem from a TEXT file"),
    UNLOAD("Unload lineitem to TEXT files"),
    ROWS("Load lineitem rows out of memory"),
    UPSERT("Upsert a fifth of lineitem from a TEXT file, half of its rows new, by the primary key");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether rows end up in the target table. */
    boolean loads() {
        return this == START || this == LOAD || this == ROWS;
    }

    /** What the command line and the CSV call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
