package io.mppconnect.segment;

import io.mppconnect.spi.Block;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What goes before a block's rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FramingBenchmark {

    private final FrameHead head = new FrameHead();
    private final Block block = new Block(64 * 1024, released -> {});
    private long record;

    /** The head of one block that says where its rows come from. */
    @Benchmark
    public int frame() {
        block.filled(block.capacity(), 500);
        block.comesFrom("lineitem.txt", record++);
        head.block(block);
        return head.buffer().remaining();
    }
}
