package io.mppconnect.transfer.split;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.transfer.block.BlockPool;
import java.io.IOException;
import java.util.function.Consumer;

/** A range under way: it has its share of the transfer's memory, and its file belongs to somebody. */
record SentRange(BlockPool pool, int length, RangeWriter.Lender lender, Consumer<MppConnectException> failed)
        implements FileRange.Owner {

    @Override
    public void released() {
        pool.giveBack(length);
        try {
            lender.returned();
        } catch (MppConnectException e) {
            failed.accept(e);
        }
    }

    @Override
    public void failed(IOException cause) {
        failed.accept(lender.explain(cause));
    }
}
