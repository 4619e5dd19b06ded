package io.mppconnect.transfer;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.transfer.route.LoadBatch;
import io.mppconnect.transfer.split.Outlet;
import io.mppconnect.transfer.split.RangeOutlet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows go into one batch, in whatever order.
 *
 * @param failed told when rows cannot be read from their file after all
 */
record BatchOutlet(LoadBatch batch, Consumer<MppConnectException> failed) implements Outlet {

    @Override
    public void send(Block block) {
        batch.offer(block);
    }

    @Override
    public Optional<RangeOutlet> ranges() {
        return batch.ranges().map(sent -> new RangeOutlet(sent, failed));
    }
}
