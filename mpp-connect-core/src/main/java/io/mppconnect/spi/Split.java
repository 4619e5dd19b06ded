package io.mppconnect.spi;

import java.util.OptionalLong;

/** A unit of work of one source: a file or a part of it, a partition of a topic, a slice of a list. */
public interface Split {

    /** What messages, reports and the database's error log call it, such as {@code orders.csv}. */
    String name();

    /** About how many bytes there are to read, for progress, and for how to stage the rows; empty when unknown. */
    default OptionalLong bytes() {
        return OptionalLong.empty();
    }

    /** Starts to read; called by the worker that will read it to its end or close it before. */
    SplitReader open() throws Exception;
}
