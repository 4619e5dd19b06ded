package io.mppconnect.benchmark;

import io.mppconnect.ClusterOptions;
import io.mppconnect.DataSize;
import io.mppconnect.MppCluster;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.IOException;
import java.time.Duration;

/** We: a cluster that stays open, as an application holds it. */
final class MppConnectContender implements Contender {

    static final String NAME = "mpp-connect";

    private final Workbench bench;
    private final RawClients clients;
    private final MppCluster cluster;
    private final RawServing serving = new RawServing(Runtime.getRuntime().availableProcessors());
    private int jobs;

    MppConnectContender(Workbench bench, RawClients clients) {
        this.bench = bench;
        this.clients = clients;
        this.cluster = bench.database().open(ClusterOptions.defaults().jobSchema(Workbench.SCHEMA));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean does(Scenario scenario) {
        return true;
    }

    @Override
    public Sample run(Scenario scenario) throws Exception {
        return switch (scenario) {
            case START -> start();
            case SERVE -> serve();
            case JSON -> stream(scenario, bench.topics().json());
            case AVRO -> stream(scenario, bench.topics().avro());
            default -> transfer(scenario);
        };
    }

    private Sample start() throws IOException {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        try (MppCluster fresh = bench.database().open()) {
            TransferReport report = fresh.transfer()
                    .from(DataFiles.text(bench.firstRow()))
                    .into(Table.named(Workbench.TARGET))
                    .run();
            return sample(Scenario.START, System.nanoTime() - start, report, cpu);
        }
    }

    private Sample serve() throws Exception {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        RawClients.Pulled pulled =
                serving.serve(DataFiles.text(bench.items().file()).fields("line"), clients);
        return Sample.of(
                System.nanoTime() - start, bench.items().rows(), pulled.bytes(), cpu.seconds() - pulled.cpuSeconds());
    }

    private Sample transfer(Scenario scenario) throws IOException {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        TransferReport report = switch (scenario) {
            case LOAD ->
                cluster.transfer()
                        .from(DataFiles.text(bench.items().file()))
                        .into(Table.named(Workbench.TARGET))
                        .run();
            case ROWS ->
                cluster.transfer()
                        .from(Rows.records(Item.class, bench.items().inMemory()))
                        .into(Table.named(Workbench.TARGET))
                        .run();
            case UNLOAD ->
                cluster.transfer()
                        .from(Table.named(Workbench.FILLED))
                        .into(DataFiles.writeText(bench.output()))
                        .run();
            case UPSERT ->
                cluster.transfer()
                        .from(DataFiles.text(bench.changes().file()))
                        .into(Table.named(Workbench.KEYED).upsertBy("orderkey", "linenumber"))
                        .run();
            case START, SERVE, JSON, AVRO ->
                throw new IllegalArgumentException("No transfer of this cluster: " + scenario);
        };
        return sample(scenario, System.nanoTime() - start, report, cpu);
    }

    /** As one would fill a table from a topic: few commits, for segments wait from one to the next. */
    private Sample stream(Scenario scenario, Source topic) throws IOException {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        TransferReport report = cluster.transfer(TransferOptions.defaults().memory(DataSize.ofMegabytes(128)))
                .from(topic)
                .into(Table.named(Workbench.EVENTS))
                .exactlyOnce("benchmark-" + ++jobs)
                .committingEvery(Duration.ofSeconds(5))
                .run();
        return sample(scenario, System.nanoTime() - start, report, cpu);
    }

    private Sample sample(Scenario scenario, long nanos, TransferReport report, CpuClock cpu) throws IOException {
        double spent = bench.database().isEmbedded() ? Double.NaN : cpu.seconds();
        return Sample.of(nanos, report.rows(), bench.bytes(scenario), spent);
    }

    @Override
    public void close() {
        cluster.close();
        serving.close();
    }
}
