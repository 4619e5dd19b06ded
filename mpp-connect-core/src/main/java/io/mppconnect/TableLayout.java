package io.mppconnect;

import java.util.List;
import java.util.Optional;

/**
 * How a table is laid out that a load creates. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Table.named("public.orders")
 *         .createIfMissing(TableLayout.distributedBy("id").with("appendonly=true, orientation=column"))
 * }</pre>
 */
public final class TableLayout {

    private final Distribution distribution;
    private final List<String> key;
    private final Optional<String> storage;
    private final Optional<String> partitions;

    /** How rows are spread over segments. */
    public enum Distribution {
        RANDOM,
        KEY,
        REPLICATED
    }

    private TableLayout(
            Distribution distribution, List<String> key, Optional<String> storage, Optional<String> partitions) {
        this.distribution = distribution;
        this.key = key;
        this.storage = storage;
        this.partitions = partitions;
    }

    /** Rows go to any segment, evenly. */
    public static TableLayout random() {
        return new TableLayout(Distribution.RANDOM, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Rows with the same values in these columns go to the same segment: for joins and upserts by them.
     *
     * @param columns as the catalog will have them
     */
    public static TableLayout distributedBy(String... columns) {
        if (columns.length == 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid distribution: it has no column; name some, or take random()");
        }
        return new TableLayout(Distribution.KEY, List.of(columns), Optional.empty(), Optional.empty());
    }

    /** Every segment has all rows: for small tables that everything is joined with. Since Greenplum 6. */
    public static TableLayout replicated() {
        return new TableLayout(Distribution.REPLICATED, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Storage options, as they stand in {@code WITH (...)}: {@code appendonly=true, orientation=column}.
     *
     * @param options SQL, taken as it is: never build it from input you do not trust
     */
    public TableLayout with(String options) {
        return new TableLayout(distribution, key, Optional.of(options), partitions);
    }

    /**
     * Partitions, as they stand behind {@code PARTITION BY}: {@code RANGE (day) (START (date '2024-01-01') ...)}.
     *
     * @param clause SQL, taken as it is: never build it from input you do not trust
     */
    public TableLayout partitionedBy(String clause) {
        return new TableLayout(distribution, key, storage, Optional.of(clause));
    }

    /** How rows are spread over segments. */
    public Distribution distribution() {
        return distribution;
    }

    /** The columns that rows are distributed by; empty for the other distributions. */
    public List<String> key() {
        return key;
    }

    /** What follows {@code WITH}, in parentheses. Default: empty. */
    public Optional<String> storage() {
        return storage;
    }

    /** What follows {@code PARTITION BY}. Default: empty. */
    public Optional<String> partitions() {
        return partitions;
    }
}
