package io.mppconnect.test;

import io.mppconnect.test.jdbc.ClusterState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives a database of PostgreSQL the catalog of Greenplum. */
final class CatalogSetup {

    private CatalogSetup() {}

    /** The names of the settings that PostgreSQL lacks, or answers otherwise. */
    static Set<String> settings() {
        return settingLines().stream().map(line -> line.split("\t", 2)[0]).collect(Collectors.toUnmodifiableSet());
    }

    static void run(Connection connection, int port, int segments) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(resource("catalog.sql"));
        }
        segments(connection, port, segments);
        defaults(connection);
        connection.commit();
        connection.setAutoCommit(true);
        role(connection);
    }

    private static void segments(Connection connection, int port, int segments) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into pg_catalog.gp_segment_configuration"
                + " values (?, ?, 'p', 'p', 'n', 'u', ?, 'localhost', '127.0.0.1', ?)")) {
            for (int content = -1; content < segments; content++) {
                insert.setInt(1, content + 2);
                insert.setInt(2, content);
                insert.setInt(3, port + 1 + content);
                insert.setString(4, ClusterState.dataDirectory(content));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void defaults(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into pg_catalog.mpp_setting values"
                + " (?, ?, ?, nullif(?, ''), nullif(?, '')::bigint, nullif(?, '')::bigint)")) {
            for (String line : settingLines()) {
                String[] fields = line.split("\t", -1);
                for (int i = 0; i < fields.length; i++) {
                    insert.setString(i + 1, fields[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The role is the server's, not a database's: the first database that is set up gets it. */
    private static void role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("do 'begin create role gpadmin superuser createdb createrole login;"
                    + " exception when duplicate_object then null; end'");
        }
    }

    private static List<String> settingLines() {
        return resource("settings.tsv").lines().toList();
    }

    private static String resource(String name) {
        try (InputStream in = CatalogSetup.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
