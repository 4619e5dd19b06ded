package io.mppconnect.benchmark;

import io.mppconnect.MppCluster;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import java.io.IOException;
import java.util.Optional;

/** We again, where rows come out of memory: with as many rows that are ready in a TEXT file. */
final class FileContender implements Contender {

    private final Workbench bench;
    private final MppCluster cluster;

    FileContender(Workbench bench) {
        this.bench = bench;
        this.cluster = bench.database().open();
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario == Scenario.ROWS;
    }

    @Override
    public Optional<String> note() {
        return Optional.of("mpp-connect itself, from a TEXT file that is ready");
    }

    @Override
    public Sample run(Scenario scenario) throws IOException {
        CpuClock cpu = CpuClock.ofThisProcess();
        long start = System.nanoTime();
        TransferReport report = cluster.transfer()
                .from(DataFiles.text(bench.items().file()))
                .into(Table.named(Workbench.TARGET))
                .run();
        long nanos = System.nanoTime() - start;
        double spent = bench.database().isEmbedded() ? Double.NaN : cpu.seconds();
        return Sample.of(nanos, report.rows(), bench.bytes(scenario), spent);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
