package io.mppconnect.transfer;

import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import io.mppconnect.transfer.route.LoadBatch;
import io.mppconnect.transfer.split.Outlet;

/** Rows go into one batch, in whatever order. */
record BatchOutlet(LoadBatch batch) implements Outlet {

    @Override
    public void send(Block block) {
        batch.offer(block);
    }

    @Override
    public boolean takesRanges() {
        return batch.takesRanges();
    }

    @Override
    public void send(FileRange range) {
        batch.offer(range);
    }
}
