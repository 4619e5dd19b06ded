package io.mppconnect.samples.quickstart;

import io.mppconnect.ParallelTransfer;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** Loads the user's own file into a table that exists. */
final class LoadOwnFile {

    private final DemoCluster cluster;
    private final FileArguments file;
    private final PrintWriter out;

    LoadOwnFile(DemoCluster cluster, FileArguments file, PrintWriter out) {
        this.cluster = cluster;
        this.file = file;
        this.out = out;
    }

    /** Waits for the commit, and returns in a few words what was loaded. */
    String run() throws InterruptedException {
        Report report = new Report(out);
        report.line("cluster", "%s", cluster);
        ParallelTransfer transfer = cluster.transfers()
                .transfer(TransferOptions.defaults().name("quickstart-file"))
                .from(file.source())
                .into(file.target());
        TransferReport loaded = WatchedTransfer.run("load", OptionalLong.empty(), transfer);
        report.load("load", loaded);
        return String.format(Locale.ROOT, "loaded %d rows in %.2f s", loaded.rows(), Report.seconds(loaded.elapsed()));
    }
}
