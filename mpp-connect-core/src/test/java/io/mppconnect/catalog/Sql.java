package io.mppconnect.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements for tests. */
final class Sql {

    private Sql() {}

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
