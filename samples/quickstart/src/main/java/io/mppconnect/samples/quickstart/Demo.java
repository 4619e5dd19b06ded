package io.mppconnect.samples.quickstart;

import io.mppconnect.DataSize;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.Compression;
import io.mppconnect.file.DataFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** The demonstration: generates two tables, loads them, unloads their join, and compares. */
final class Demo {

    private final DemoCluster cluster;
    private final double scale;
    private final boolean keep;
    private final Report report;

    Demo(DemoCluster cluster, double scale, boolean keep, PrintWriter out) {
        this.cluster = cluster;
        this.scale = scale;
        this.keep = keep;
        this.report = new Report(out);
    }

    /**
     * Takes all steps, and returns in a few words what was moved.
     *
     * @throws QuickstartException when what came back is not what was generated
     */
    String run() throws Exception {
        report.line("cluster", "%s", cluster);
        try (ScratchDirectory scratch = ScratchDirectory.create(keep);
                DemoSchema schema = DemoSchema.create(cluster, keep)) {
            TpchFiles files = generate(scratch.path());
            TransferReport orders = load(DemoTable.ORDERS, files.orders(), files.orderRows());
            TransferReport lineitem = load(DemoTable.LINEITEM, files.lineitem(), files.lineitemRows());
            Path directory = scratch.path().resolve("unloaded");
            TransferReport unloaded = unload(directory, files.join().rows());
            verify(directory, files.join());
            tellWhatIsKept(scratch.path());
            return String.format(
                    Locale.ROOT,
                    "loaded %d rows in %.2f s, unloaded %d rows in %.2f s, checksums equal",
                    orders.rows() + lineitem.rows(),
                    Report.seconds(orders.elapsed().plus(lineitem.elapsed())),
                    unloaded.rows(),
                    Report.seconds(unloaded.elapsed()));
        }
    }

    private TpchFiles generate(Path directory) throws Exception {
        long start = System.nanoTime();
        TpchFiles files = TpchFiles.generate(directory, scale);
        report.line(
                "generate",
                "%,d orders and %,d line items at scale %s: 2 x %d CSV files, %s in %.2f s",
                files.orderRows(),
                files.lineitemRows(),
                scale,
                files.files(),
                DataSize.ofBytes(files.bytes()),
                secondsSince(start));
        return files;
    }

    private TransferReport load(DemoTable<?> table, Path files, long rows) throws InterruptedException {
        ParallelTransfer transfer = cluster.transfers()
                .transfer(TransferOptions.defaults().name("quickstart-" + table.name()))
                .from(DataFiles.csv(files).header())
                .into(Table.named(table.sqlName()));
        TransferReport loaded = moved("load " + table.name(), transfer, rows);
        report.load("load " + table.name(), loaded);
        return loaded;
    }

    private TransferReport unload(Path directory, long rows) throws InterruptedException {
        ParallelTransfer transfer = cluster.transfers()
                .transfer(TransferOptions.defaults().name("quickstart-unload"))
                .from(Query.sql(DemoSchema.JOIN))
                .into(DataFiles.writeCsv(directory).compression(Compression.ZSTD));
        TransferReport unloaded = moved("unload", transfer, rows);
        report.unload("unload", unloaded);
        return unloaded;
    }

    private static TransferReport moved(String step, ParallelTransfer transfer, long rows) throws InterruptedException {
        TransferReport moved = WatchedTransfer.run(step, OptionalLong.of(rows), transfer);
        if (moved.rows() != rows) {
            throw new QuickstartException("Cannot confirm the rows of " + step + ": " + moved.rows()
                    + " were moved where the generator made " + rows);
        }
        return moved;
    }

    private void verify(Path directory, Checksum generated) throws Exception {
        long start = System.nanoTime();
        UnloadedFiles.verify(directory, generated);
        report.line("verify", "checksum %s, as generated, in %.2f s", generated, secondsSince(start));
    }

    private void tellWhatIsKept(Path directory) {
        if (keep) {
            report.line("keep", "files in %s", directory);
            if (!cluster.isEmbedded()) {
                report.line("", "tables in schema %s", DemoSchema.NAME);
            }
        }
    }

    private static double secondsSince(long nanoTime) {
        return Report.seconds(Duration.ofNanos(System.nanoTime() - nanoTime));
    }
}
