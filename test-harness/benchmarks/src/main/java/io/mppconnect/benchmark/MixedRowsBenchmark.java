package io.mppconnect.benchmark;

import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows as an application has them: int, long, double, decimal(15,2), boolean, date, timestamp, a short text, a longer
 * one, an int that may be NULL.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MixedRowsBenchmark {

    /** The format. */
    @Param({"TEXT", "CSV"})
    public String format = "";

    private final OrderRows rows = new OrderRows();
    private final MixedRows.OneBlock block = new MixedRows.OneBlock();
    private byte[] bytes = {};
    private RowEncoder encoder = RowEncoder.of(MixedRows.format(format), OrderRows.names(), block);
    private RowDecoder decoder = RowDecoder.of(MixedRows.format(format), OrderRows.columns());

    /** Makes encoder, decoder and rows. */
    @Setup
    public void prepare() throws InterruptedException {
        bytes = rows.bytes(MixedRows.format(format));
        encoder = RowEncoder.of(MixedRows.format(format), OrderRows.names(), block);
        decoder = RowDecoder.of(MixedRows.format(format), OrderRows.columns());
    }

    /** One row. */
    @Benchmark
    @OperationsPerInvocation(OrderRows.ROWS)
    public void encode(ByteCount count) throws InterruptedException {
        rows.write(encoder);
        count.bytes += block.length();
    }

    /** One row. */
    @Benchmark
    @OperationsPerInvocation(OrderRows.ROWS)
    public long decode(ByteCount count) {
        decoder.reset(bytes, 0, bytes.length);
        count.bytes += bytes.length;
        return OrderRows.read(decoder);
    }
}
