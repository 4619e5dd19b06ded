package io.mppconnect.benchmark;

import io.mppconnect.text.RowDecoder;
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

/** Rows of ten columns out of TEXT and CSV; texts and UUIDs are found, but not made into objects. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DecodeBenchmark {

    /** The format. */
    @Param({"TEXT", "CSV"})
    public String format = "";

    /** What the columns hold. */
    @Param({
        "MIXED",
        "BOOLEAN",
        "INT",
        "LONG",
        "DOUBLE",
        "LONG_DOUBLE",
        "DECIMAL",
        "BIG_DECIMAL",
        "UTF8",
        "DATE",
        "TIMESTAMP"
    })
    public String kind = "";

    private MixedRows rows = MixedRows.of("MIXED");
    private byte[] bytes = {};
    private RowDecoder decoder = RowDecoder.of(MixedRows.format(format), rows.columns());

    /** Makes the decoder and the rows. */
    @Setup
    public void prepare() throws InterruptedException {
        rows = MixedRows.of(kind);
        bytes = rows.bytes(MixedRows.format(format));
        decoder = RowDecoder.of(MixedRows.format(format), rows.columns());
    }

    /** One row. */
    @Benchmark
    @OperationsPerInvocation(MixedRows.ROWS)
    public long decode(ByteCount count) {
        decoder.reset(bytes, 0, bytes.length);
        count.bytes += bytes.length;
        return rows.read(decoder);
    }
}
