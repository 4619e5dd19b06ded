package io.mppconnect.catalog;

import java.util.List;

/**
 * What a query gives.
 *
 * @param columns its columns, in order
 * @param distribution the {@code DISTRIBUTED ...} clause of a table that can take its rows where they most likely lie
 *     already: by the distribution key of a table that the query reads, if the key is among the columns
 */
public record QueryInfo(List<Column> columns, String distribution) {

    public QueryInfo {
        columns = List.copyOf(columns);
    }
}
