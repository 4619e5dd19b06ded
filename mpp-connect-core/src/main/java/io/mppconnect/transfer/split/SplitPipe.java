package io.mppconnect.transfer.split;

import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.spi.WireRows;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.NumberedRows;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.block.RowLimit;
import io.mppconnect.transfer.reject.BadRows;
import io.mppconnect.transfer.reject.UnsentRow;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one split writes into: numbers its rows and passes its blocks on to the segments. Used by one worker. */
public final class SplitPipe implements SplitOutput, BlockWriter {

    private final RowFormat format;
    private final List<String> fields;
    private final BlockPool pool;
    private final RowLimit limit;
    private final Outlet outlet;
    private final Origins origins;
    private final BadRows badRows;
    private final @Nullable NumberedRows numbering;
    private @Nullable RowEncoder encoder;
    private String origin;
    /** The next row's line among its origin's; records that are missing are not counted. */
    private long nextRecord = 1;
    /** How many more its record is. */
    private long skipped;

    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    public SplitPipe(
            String origin,
            RowFormat format,
            List<String> fields,
            BlockPool pool,
            RowLimit limit,
            Outlet outlet,
            Origins origins,
            BadRows badRows) {
        this.origin = origin;
        this.format = format;
        this.fields = fields;
        this.pool = pool;
        this.limit = limit;
        this.outlet = outlet;
        this.origins = origins;
        this.badRows = badRows;
        this.numbering = badRows.numbering(format, pool);
    }

    @Override
    public void origin(String name, long record) throws InterruptedException {
        if (name.equals(origin)) {
            long next = nextRecord + pendingRows();
            if (record == next + skipped || skips(next, record)) {
                return;
            }
        }
        finish();
        origin = name;
        nextRecord = record;
        skipped = 0;
        origins.resume(name, record);
        numberRows();
    }

    /** Goes on with the same block behind records that are missing; each gap would else cost a block. */
    private boolean skips(long next, long record) {
        if (record < next + skipped || !origins.skip(origin, next, record)) {
            return false;
        }
        skipped = record - next;
        if (encoder != null) {
            encoder.numberRows(record);
        }
        return true;
    }

    private void numberRows() {
        if (encoder != null) {
            encoder.numberRows(nextRecord + skipped);
        }
    }

    private long pendingRows() {
        return encoder == null ? 0 : encoder.rows() - rows.get();
    }

    @Override
    public RowWriter rows() {
        if (encoder == null) {
            RowEncoder made = RowEncoder.of(format, fields, this);
            made.numberRows(nextRecord + skipped);
            if (badRows.setsAside()) {
                made.settingAside(this::setAside);
            }
            encoder = made;
        }
        return encoder;
    }

    @Override
    public BlockWriter blocks() {
        return this;
    }

    @Override
    public void failRow(RuntimeException cause, byte[] raw, int from, int to) {
        if (!badRows.setsAside()) {
            throw cause;
        }
        setAside(cause instanceof MppConnectException known ? known.getMessage() : cause.toString(), raw, from, to);
    }

    /** The next row keeps its number, and is not sent. */
    private void setAside(String reason, byte[] raw, int from, int to) {
        RejectedRow row = UnsentRow.of(origin, nextRecord + skipped, reason, raw, from, to);
        if (outlet.gathers()) {
            outlet.setAside(row);
        } else {
            badRows.add(row);
        }
        nextRecord++;
        numberRows();
    }

    @Override
    public Block acquire(int capacity) throws InterruptedException {
        checkLength(capacity);
        return pool.acquire(capacity, !outlet.holds());
    }

    @Override
    public Block grow(Block block, int capacity) throws InterruptedException {
        try {
            checkLength(capacity);
        } catch (MppConnectException e) {
            block.release();
            throw e;
        }
        return pool.grow(block, limit.grown(block.capacity(), capacity), !outlet.holds());
    }

    private void checkLength(int capacity) {
        if (!limit.allows(capacity)) {
            throw limit.exceeded(place());
        }
    }

    @Override
    public void send(Block block) throws InterruptedException {
        if (Thread.interrupted()) {
            block.release();
            throw new InterruptedException();
        }
        if (block.length() == 0) {
            block.release();
            return;
        }
        int length = block.length();
        long line = stamp(block);
        Block sent = numbering == null ? block : numbering.number(block, line);
        count(sent.rows(), length);
        outlet.send(sent);
    }

    /** Says where the rows come from; returns the line that the database calls the first one. */
    private long stamp(WireRows sent) {
        long line = origins.line(origin, nextRecord);
        sent.comesFrom(badRows.tag(origin, nextRecord), line);
        return line;
    }

    /** Counts what is sent, for nobody can stop it now. */
    private void count(int sentRows, int sentBytes) {
        nextRecord += sentRows;
        rows.addAndGet(sentRows);
        bytes.addAndGet(sentBytes);
    }

    @Override
    public Optional<RangeWriter> ranges() {
        // Nobody looks into a range for a row that is too long.
        return numbering == null && limit.bytes() >= FileRange.MOST
                ? outlet.ranges().map(Ranges::new)
                : Optional.empty();
    }

    /** Numbers and counts rows that stay in their file. */
    private final class Ranges implements RangeWriter {

        private final RangeOutlet out;

        private Ranges(RangeOutlet out) {
            this.out = out;
        }

        @Override
        public void send(FileChannel file, long position, int length, int rowCount, Lender lender)
                throws InterruptedException {
            try {
                pool.reserve(length);
            } catch (InterruptedException e) {
                lender.returned();
                throw e;
            }
            FileRange range =
                    new FileRange(file, position, length, rowCount, new SentRange(pool, length, lender, out.failed()));
            stamp(range);
            count(rowCount, length);
            out.sent().accept(range);
        }
    }

    @Override
    public void discard(Block block) {
        block.release();
    }

    /** Sends what is still pending. */
    void finish() throws InterruptedException {
        if (encoder != null) {
            encoder.flush();
        }
    }

    /** The split is open, or one read of it is over. */
    void reached(SplitReader reader) throws InterruptedException {
        if (outlet.gathers()) {
            finish();
            outlet.reached(reader.positions());
        }
    }

    /** Gives back what is still pending. */
    void abandon() {
        if (encoder != null) {
            encoder.discard();
        }
        outlet.abandon();
    }

    /** Where the next row is, for messages. */
    String place() {
        return origin + ", at or after record " + (nextRecord + pendingRows() + skipped);
    }

    long rowCount() {
        return rows.get();
    }

    long byteCount() {
        return bytes.get();
    }
}
