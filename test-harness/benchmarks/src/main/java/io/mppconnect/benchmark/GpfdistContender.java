package io.mppconnect.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The C daemon: started before and running already, with the largest block it takes. */
final class GpfdistContender implements Contender {

    private final Workbench bench;
    private final RawClients clients;
    private final @Nullable GpfdistProcess daemon;
    private final String absence;

    private GpfdistContender(Workbench bench, RawClients clients, @Nullable GpfdistProcess daemon, String absence) {
        this.bench = bench;
        this.clients = clients;
        this.daemon = daemon;
        this.absence = absence;
    }

    /**
     * Starts it, or finds out why not.
     *
     * @param program where it is; null to look on the PATH
     */
    static GpfdistContender start(Workbench bench, RawClients clients, @Nullable Path program)
            throws InterruptedException {
        Path found = program == null ? GpfdistProcess.onPath().orElse(null) : program;
        if (found == null) {
            return new GpfdistContender(
                    bench, clients, null, "there is no gpfdist on the PATH; name it with --gpfdist");
        }
        try {
            return new GpfdistContender(bench, clients, GpfdistProcess.start(found, bench.directory()), "");
        } catch (IOException e) {
            return new GpfdistContender(bench, clients, null, "cannot start " + found + ": " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return "gpfdist";
    }

    @Override
    public Optional<String> absence() {
        return daemon == null ? Optional.of(absence) : Optional.empty();
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario != Scenario.ROWS && scenario != Scenario.UPSERT;
    }

    @Override
    public Sample run(Scenario scenario) throws Exception {
        GpfdistProcess running = daemon();
        CpuClock cpu = CpuClock.of(running.process());
        long start = System.nanoTime();
        long rows = switch (scenario) {
            case SERVE -> serve(running);
            case START -> load(running, bench.firstRow(), Workbench.TARGET);
            case LOAD -> load(running, bench.items().file(), Workbench.TARGET);
            case JSON, AVRO -> load(running, bench.events().file(), Workbench.EVENTS);
            case UNLOAD -> unload(running);
            case ROWS, UPSERT -> throw new IllegalArgumentException("It does not do this: " + scenario);
        };
        return Sample.of(System.nanoTime() - start, rows, bench.bytes(scenario), cpu.seconds());
    }

    private long serve(GpfdistProcess running) throws Exception {
        RawClients.Pulled pulled = RawClients.sum(
                clients.pull(running.address(), "/" + bench.items().file().getFileName()));
        if (pulled.bytes() != bench.items().bytes()) {
            throw new IOException("Cannot count the run of gpfdist: it served " + pulled.bytes() + " bytes");
        }
        return bench.items().rows();
    }

    private long load(GpfdistProcess running, Path file, String table) throws SQLException {
        return inOneTransaction(
                "CREATE READABLE EXTERNAL TEMP TABLE mpp_connect_peer (LIKE " + table + ") LOCATION ('"
                        + url(running, file.getFileName().toString())
                        + "') FORMAT 'TEXT' ENCODING 'UTF8'",
                "INSERT INTO " + table + " SELECT * FROM mpp_connect_peer");
    }

    private long unload(GpfdistProcess running) throws SQLException {
        String file = bench.output().getFileName() + "/gpfdist.txt";
        return inOneTransaction(
                "CREATE WRITABLE EXTERNAL TEMP TABLE mpp_connect_peer (LIKE " + Workbench.FILLED + ") LOCATION ('"
                        + url(running, file) + "') FORMAT 'TEXT' ENCODING 'UTF8' DISTRIBUTED BY (orderkey)",
                "INSERT INTO mpp_connect_peer SELECT * FROM " + Workbench.FILLED);
    }

    private String url(GpfdistProcess running, String file) throws SQLException {
        return "gpfdist://" + bench.database().ownAddress() + ":"
                + running.address().getPort() + "/" + file;
    }

    private long inOneTransaction(String create, String insert) throws SQLException {
        try (Connection connection = bench.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(create);
            long rows = statement.executeUpdate(insert);
            statement.execute("DROP EXTERNAL TABLE mpp_connect_peer");
            connection.commit();
            return rows;
        }
    }

    private GpfdistProcess daemon() {
        if (daemon == null) {
            throw new IllegalStateException(absence);
        }
        return daemon;
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.close();
        }
    }
}
