package io.mppconnect.benchmark;

import io.mppconnect.text.RowBoundary;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding where rows end, in pieces as they come from a disk. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RowBoundaryBenchmark {

    private static final int PIECE = 256 * 1024;
    private static final String ROW = "1\t155190\t7706\t1\t17.00\t21168.23\t0.04\t0.02\tN\tO\t1996-03-13\t1996-02-12"
            + "\t1996-03-22\tDELIVER IN PERSON\tTRUCK\tegular courts above the\n";

    /** TEXT, CSV without quotes, CSV with every field in quotes. */
    @Param({"TEXT", "CSV", "QUOTED"})
    public String format = "";

    private byte[] bytes = {};
    private RowBoundary boundary = RowBoundary.of(MixedRows.format(format));

    /** Makes the rows. */
    @Setup
    public void prepare() {
        String row = switch (format) {
            case "CSV" -> ROW.replace('\t', ',');
            case "QUOTED" -> '"' + ROW.strip().replace("\t", "\",\"") + "\"\n";
            default -> ROW;
        };
        bytes = row.repeat(PIECE / row.length()).getBytes(StandardCharsets.US_ASCII);
        boundary = RowBoundary.of(MixedRows.format(format.equals("QUOTED") ? "CSV" : format));
    }

    /** One piece. */
    @Benchmark
    public int scan(ByteCount count) {
        count.bytes += bytes.length;
        return boundary.scan(bytes, 0, bytes.length);
    }
}
