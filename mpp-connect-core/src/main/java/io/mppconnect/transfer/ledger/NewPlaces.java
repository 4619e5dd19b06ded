package io.mppconnect.transfer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places of parts that a job has none of yet: one statement, however many there are. */
final class NewPlaces {

    private NewPlaces() {}

    static String sql(LedgerTables tables) {
        return "INSERT INTO " + tables.positions() + " (job, part, place)"
                + " SELECT ?::text, pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])";
    }

    /** @param places by part */
    static List<@Nullable Object> values(Connection connection, String job, Map<String, String> places)
            throws SQLException {
        List<Map.Entry<String, String>> all = List.copyOf(places.entrySet());
        return List.of(
                job,
                connection.createArrayOf(
                        "text", all.stream().map(Map.Entry::getKey).toArray()),
                connection.createArrayOf(
                        "text", all.stream().map(Map.Entry::getValue).toArray()));
    }
}
