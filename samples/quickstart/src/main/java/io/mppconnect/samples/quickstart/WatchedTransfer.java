package io.mppconnect.samples.quickstart;

import io.mppconnect.ParallelTransfer;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import java.util.OptionalLong;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;

/** Runs a transfer under a progress bar. */
final class WatchedTransfer {

    private static final Set<Phase> ENDED = Set.of(Phase.COMMITTED, Phase.FAILED);
    private static final long LOOK_EVERY_MILLIS = 50;

    private WatchedTransfer() {}

    /**
     * Waits for the commit.
     *
     * @param task what people call it
     * @param expectedRows how many rows it will move; empty to go by the bytes of its source
     * @throws InterruptedException when interrupted; the transfer is rolled back then
     */
    static TransferReport run(String task, OptionalLong expectedRows, ParallelTransfer transfer)
            throws InterruptedException {
        try (RunningTransfer running = transfer.start();
                ProgressBar bar = Terminal.progressBar(task, expectedRows)) {
            TransferProgress progress = running.progress();
            while (!ENDED.contains(progress.phase())) {
                show(progress, expectedRows, bar);
                Thread.sleep(LOOK_EVERY_MILLIS);
                progress = running.progress();
            }
            show(progress, expectedRows, bar);
            return running.await();
        }
    }

    private static void show(TransferProgress progress, OptionalLong expectedRows, ProgressBar bar) {
        if (expectedRows.isPresent()) {
            bar.stepTo(progress.rows());
        } else {
            progress.sourceBytes().ifPresent(bar::maxHint);
            bar.stepTo(progress.sourceBytesRead());
        }
    }
}
