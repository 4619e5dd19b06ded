package io.mppconnect.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The server alone: blocks that are ready go to raw clients, which live in the same JVM and on the same cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ServerBenchmark {

    private static final int BLOCKS = 4096;

    /** How many pull. */
    @Param({"1", "4", "16"})
    public int clients;

    private ReadyBlocks source = new ReadyBlocks(BLOCKS);
    private RawServing serving = new RawServing(1);
    private RawClients pulling = new RawClients(1);

    /** Starts server and clients. */
    @Setup
    public void start() {
        pulling.close();
        pulling = new RawClients(clients);
    }

    /** One scan of 256 MB. */
    @Benchmark
    public void serve(ByteCount count) throws Exception {
        count.bytes += serving.serve(source, pulling).bytes();
    }

    /** Ends them. */
    @TearDown
    public void stop() {
        pulling.close();
        serving.close();
    }
}
