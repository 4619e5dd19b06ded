package io.mppconnect.benchmark;

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

/** Rows of ten columns into TEXT and CSV. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EncodeBenchmark {

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
        "TEXT",
        "UTF8",
        "DATE",
        "TIMESTAMP",
        "UUID"
    })
    public String kind = "";

    private MixedRows rows = MixedRows.of("MIXED");
    private MixedRows.OneBlock block = new MixedRows.OneBlock();
    private RowEncoder encoder = RowEncoder.of(MixedRows.format(format), rows.names(), block);

    /** Makes the encoder. */
    @Setup
    public void prepare() {
        rows = MixedRows.of(kind);
        block = new MixedRows.OneBlock();
        encoder = RowEncoder.of(MixedRows.format(format), rows.names(), block);
    }

    /** One row. */
    @Benchmark
    @OperationsPerInvocation(MixedRows.ROWS)
    public void encode(ByteCount count) throws InterruptedException {
        rows.write(encoder);
        count.bytes += block.length();
    }
}
