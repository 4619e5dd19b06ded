package io.mppconnect.catalog;

import java.util.Set;

/**
 * By which keys rows of a table may be replaced: deleted and inserted anew, so that nobody can tell it from an update of
 * all their columns.
 *
 * @param columns all columns of the table
 * @param keys the columns of each unique key; none where something reacts to deletions and insertions or hides rows, where
 *     rows have more to them than columns, or where the role may not delete
 */
public record ReplaceKeys(Set<String> columns, Set<Set<String>> keys) {

    public ReplaceKeys {
        columns = Set.copyOf(columns);
        keys = Set.copyOf(keys);
    }

    /**
     * Whether rows may be replaced.
     *
     * @param match the columns by which a row is found; none of them may be NULL
     * @param written the columns that get a value
     */
    public boolean allow(Set<String> match, Set<String> written) {
        return written.containsAll(columns) && keys.stream().anyMatch(match::containsAll);
    }
}
