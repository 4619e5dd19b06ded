package io.mppconnect.catalog;

import java.util.List;

/**
 * Which segment a table's rows are placed on.
 *
 * @param segments over how many segments the rows are spread
 * @param key the columns that are hashed, in order, with the operator class each is hashed by; empty unless hashed
 */
public record Distribution(Policy policy, int segments, List<Key> key) {

    public Distribution {
        key = List.copyOf(key);
    }

    /** How rows are spread. */
    public enum Policy {
        HASHED,
        RANDOM,
        /** Every segment has every row. */
        REPLICATED,
        /** On the coordinator alone, or not distributed: a plain database, a view. */
        NONE
    }

    /**
     * A column of the distribution key.
     *
     * @param operatorClass such as {@code int4_ops}, or {@code cdbhash_int4_ops} for the legacy hash
     */
    public record Key(String column, String operatorClass) {}
}
