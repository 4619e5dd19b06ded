package io.mppconnect.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What applications do without tools: batches of INSERT, and a SELECT read in portions. */
final class JdbcContender implements Contender {

    private static final int BATCH = 1000;
    private static final int COLUMNS = 16;
    private static final int FETCH = 10_000;

    private final Workbench bench;
    private final int rows;

    /** @param limit how many rows to move at most; so slow a thing is measured on a part */
    JdbcContender(Workbench bench, int limit) {
        this.bench = bench;
        this.rows = (int) Math.min(limit, bench.items().rows());
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario == Scenario.ROWS || scenario == Scenario.UNLOAD;
    }

    @Override
    public Optional<String> note() {
        return rows < bench.items().rows()
                ? Optional.of("measured on " + rows + " rows, its times scaled to all")
                : Optional.empty();
    }

    @Override
    public Sample run(Scenario scenario) throws Exception {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        if (scenario == Scenario.ROWS) {
            load();
        } else {
            unload();
        }
        long nanos = System.nanoTime() - start;
        double spent = bench.database().isEmbedded() ? Double.NaN : cpu.seconds();
        long bytes = scenario == Scenario.UNLOAD
                ? bench.bytes(scenario)
                : Math.round((double) bench.items().bytes() / bench.items().rows() * rows);
        return Sample.of(nanos, rows, bytes, spent);
    }

    private void load() throws SQLException {
        Properties rewriting = new Properties();
        rewriting.setProperty("reWriteBatchedInserts", "true");
        List<Item> items = bench.items().inMemory().subList(0, rows);
        String values = "?, ".repeat(COLUMNS - 1) + "?";
        try (Connection connection = bench.database().connect(rewriting);
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO " + Workbench.TARGET + " VALUES (" + values + ")")) {
            connection.setAutoCommit(false);
            int pending = 0;
            for (Item item : items) {
                bind(insert, item);
                insert.addBatch();
                if (++pending % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static void bind(PreparedStatement insert, Item item) throws SQLException {
        insert.setLong(1, item.orderkey());
        insert.setLong(2, item.partkey());
        insert.setLong(3, item.suppkey());
        insert.setInt(4, item.linenumber());
        insert.setBigDecimal(5, item.quantity());
        insert.setBigDecimal(6, item.extendedprice());
        insert.setBigDecimal(7, item.discount());
        insert.setBigDecimal(8, item.tax());
        insert.setString(9, item.returnflag());
        insert.setString(10, item.linestatus());
        insert.setObject(11, item.shipdate());
        insert.setObject(12, item.commitdate());
        insert.setObject(13, item.receiptdate());
        insert.setString(14, item.shipinstruct());
        insert.setString(15, item.shipmode());
        insert.setString(16, item.comment());
    }

    private void unload() throws SQLException, IOException {
        try (Connection connection = bench.database().connect();
                Statement statement = connection.createStatement();
                BufferedWriter file = Files.newBufferedWriter(bench.output().resolve("jdbc.txt"))) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH);
            statement.setMaxRows(rows);
            try (ResultSet result = statement.executeQuery("SELECT * FROM " + Workbench.FILLED)) {
                while (result.next()) {
                    for (int column = 1; column < COLUMNS; column++) {
                        file.append(result.getString(column)).append('\t');
                    }
                    file.append(result.getString(COLUMNS)).append('\n');
                }
            }
        }
    }
}
