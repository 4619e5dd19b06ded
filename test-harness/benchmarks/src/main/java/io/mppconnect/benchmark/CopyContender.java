package io.mppconnect.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** COPY through the coordinator, as the PostgreSQL driver has it. */
final class CopyContender implements Contender {

    private static final int BUFFER = 1 << 20;

    private final Workbench bench;

    CopyContender(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario == Scenario.START || scenario == Scenario.LOAD || scenario == Scenario.UNLOAD;
    }

    @Override
    public Sample run(Scenario scenario) throws Exception {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        long rows = switch (scenario) {
            case START -> load(bench, bench.firstRow(), Workbench.TARGET);
            case LOAD -> load(bench, bench.items().file(), Workbench.TARGET);
            default -> unload();
        };
        long nanos = System.nanoTime() - start;
        double spent = bench.database().isEmbedded() ? Double.NaN : cpu.seconds();
        return Sample.of(nanos, rows, bench.bytes(scenario), spent);
    }

    /** Fills a table with a file. */
    static long load(Workbench bench, Path rows, String table) throws SQLException, IOException {
        try (Connection connection = bench.database().connect();
                InputStream file = Files.newInputStream(rows)) {
            return copier(connection).copyIn("COPY " + table + " FROM STDIN", file, BUFFER);
        }
    }

    private long unload() throws SQLException, IOException {
        try (Connection connection = bench.database().connect();
                OutputStream file = Files.newOutputStream(bench.output().resolve("copy.txt"))) {
            return copier(connection).copyOut("COPY " + Workbench.FILLED + " TO STDOUT", file);
        }
    }

    private static CopyManager copier(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
