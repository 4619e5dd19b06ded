package io.mppconnect.transfer.route;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.failure.ForeignFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings the rows of one endpoint into one part of the target, in the target's format. Used by one thread. */
final class EndpointReader implements BlockWriter, Block.Owner {

    private static final int BLOCK = 64 * 1024;

    private final EndpointSession session;
    private final UnloadParts.Part part;
    private final RowEncoder rows;
    private final int maxRowBytes;
    /** The one block in use, while nobody holds it. */
    private @Nullable Block spare;

    EndpointReader(
            EndpointSession session, UnloadParts.Part part, RowFormat format, List<String> columns, int maxRowBytes) {
        this.session = session;
        this.part = part;
        this.rows = RowEncoder.of(format, columns, this);
        this.maxRowBytes = maxRowBytes;
    }

    /** Returns how many rows the segment has sent. */
    long readAll() throws Exception {
        long sent = session.retrieveAll(this::write);
        rows.flush();
        part.finish();
        return sent;
    }

    private void write(byte[] message, int from, int fields) throws InterruptedException {
        int at = from;
        for (int i = 0; i < fields; i++) {
            int length = BackendMessages.intAt(message, at);
            at += Integer.BYTES;
            if (length < 0) {
                rows.writeNull();
            } else {
                rows.writeUtf8(message, at, at + length);
                at += length;
            }
        }
        rows.endRow();
    }

    @Override
    public Block acquire(int capacity) {
        Block block = spare;
        spare = null;
        return block != null && block.capacity() >= capacity ? block : new Block(Math.max(BLOCK, capacity), this);
    }

    @Override
    public Block grow(Block block, int capacity) {
        if (capacity > maxRowBytes) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot take a row of " + session.endpoint() + ": it is longer than "
                            + DataSize.ofBytes(maxRowBytes) + "; raise TransferOptions.maxRow");
        }
        Block larger = new Block((int) Math.max(capacity, Math.min(maxRowBytes, 2L * block.capacity())), this);
        System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
        return larger;
    }

    @Override
    public void send(Block block) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            part.take(block.bytes(), block.length());
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MppConnectException(
                    ErrorCode.TARGET_FAILED, "Cannot write the rows of a segment: " + ForeignFailure.text(e), e);
        }
        block.release();
    }

    @Override
    public void discard(Block block) {
        block.release();
    }

    @Override
    public void released(Block block) {
        // A block that one long row has made is not kept.
        spare = block.capacity() == BLOCK ? block : null;
    }
}
