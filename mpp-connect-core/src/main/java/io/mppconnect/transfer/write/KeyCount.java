package io.mppconnect.transfer.write;

import java.util.Set;

/**
 * What the staged rows for one target are, among those of which the same columns of the key are NULL.
 *
 * @param nulls the matched columns that are NULL in these rows
 * @param rows how many rows there are
 * @param keys how many different keys they have
 * @param deleting how many keys have a row that deletes
 */
record KeyCount(Set<String> nulls, long rows, long keys, long deleting) {

    KeyCount {
        nulls = Set.copyOf(nulls);
    }
}
