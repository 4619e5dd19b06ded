package io.mppconnect.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** An upsert of rows that the database has already, in a temporary table that is spread as the target and analysed. */
final class SqlContender implements Contender {

    private static final String STAGED = "mpp_connect_changes";
    private static final String SAME = "target.orderkey = changed.orderkey AND target.linenumber = changed.linenumber";

    private final Workbench bench;

    SqlContender(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario == Scenario.UPSERT;
    }

    @Override
    public Optional<String> note() {
        return Optional.of("its rows are in the database before the clock starts");
    }

    @Override
    public Sample run(Scenario scenario) throws SQLException, IOException {
        try (Connection connection = bench.database().connect();
                Statement statement = connection.createStatement()) {
            stage(connection, statement);
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            long rows = statement.executeLargeUpdate(update());
            rows += statement.executeLargeUpdate(insert());
            connection.commit();
            return Sample.of(System.nanoTime() - start, rows, bench.bytes(scenario), Double.NaN);
        }
    }

    private void stage(Connection connection, Statement statement) throws SQLException, IOException {
        statement.execute("CREATE TEMP TABLE " + STAGED + " (LIKE " + Workbench.KEYED + ")");
        try (InputStream file = Files.newInputStream(bench.changes().file())) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + STAGED + " FROM STDIN", file);
        }
        statement.execute("ANALYZE " + STAGED);
    }

    private static String update() {
        String sets = Stream.of(LineItems.DEFINITION.split(", "))
                .map(column -> column.substring(0, column.indexOf(' ')))
                .filter(column -> !column.equals("orderkey") && !column.equals("linenumber"))
                .map(column -> column + " = changed." + column)
                .collect(Collectors.joining(", "));
        return "UPDATE " + Workbench.KEYED + " AS target SET " + sets + " FROM " + STAGED + " AS changed WHERE " + SAME;
    }

    private static String insert() {
        return "INSERT INTO " + Workbench.KEYED + " SELECT * FROM " + STAGED
                + " AS changed WHERE NOT EXISTS (SELECT 1 FROM " + Workbench.KEYED + " AS target WHERE " + SAME + ")";
    }
}
