package io.mppconnect.catalog;

import java.util.Set;

/**
 * Whether rows of a table may be replaced: deleted and inserted anew, so that nobody can tell it from an update of all
 * their columns.
 *
 * @param columns all columns of the table
 * @param unseen whether nothing reacts to deletions and insertions or hides rows, rows have no more to them than columns,
 *     and the role may delete
 * @param returned whether a query can read what a DELETE returns
 * @param keys the columns of each unique key
 */
public record ReplaceKeys(Set<String> columns, boolean unseen, boolean returned, Set<Set<String>> keys) {

    public ReplaceKeys {
        columns = Set.copyOf(columns);
        keys = Set.copyOf(keys);
    }

    /**
     * Whether rows may be replaced that are the only ones of their keys.
     *
     * @param written the columns that get a value
     */
    public boolean allow(Set<String> written) {
        return unseen && written.containsAll(columns);
    }

    /** Whether at most one row has given values, none of them NULL, in these columns. */
    public boolean unique(Set<String> match) {
        return keys.stream().anyMatch(match::containsAll);
    }
}
