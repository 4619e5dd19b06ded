package io.mppconnect.samples.kafka;

import io.mppconnect.test.EmbeddedMppCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Where events go: a table of a column for each of their fields. */
final class EventTable {

    static final String NAME = "events";

    private final EmbeddedMppCluster database;

    /** How many rows there are, and how many events they are of. */
    record Count(long rows, long distinct) {}

    /** Creates it. */
    EventTable(EmbeddedMppCluster database) throws SQLException {
        this.database = database;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + NAME + " (id bigint, kind text, customer bigint, product text,"
                    + " quantity integer, price numeric(10,2), currency text, country text, paid boolean, score float8,"
                    + " note text, happened_at timestamptz) DISTRIBUTED BY (id)");
        }
    }

    Count count() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM " + NAME)) {
            result.next();
            return new Count(result.getLong(1), result.getLong(2));
        }
    }
}
