package io.mppconnect.benchmark;

import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Events of twelve fields, of one record format, into TEXT. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public abstract class RecordDecodeBenchmark {

    private static final int EVENTS = 500;

    private final MixedRows.OneBlock block = new MixedRows.OneBlock();
    private byte[][] events = {};
    private RecordDecoder decoder = Formats.json().document("raw").open(List.of());
    private RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("raw"), block);

    /** A decoder of what the parameters ask for. */
    abstract RecordDecoder open() throws Exception;

    /** The event of this number, encoded. */
    abstract byte[] event(int number) throws Exception;

    /** Makes the events. */
    @Setup
    public void prepare() throws Exception {
        decoder = open();
        encoder = RowEncoder.of(
                RowFormat.text(), decoder.fields().stream().map(Field::name).toList(), block);
        events = new byte[EVENTS][];
        for (int i = 0; i < EVENTS; i++) {
            events[i] = event(i);
        }
    }

    /** One event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decode(ByteCount count) throws Exception {
        for (byte[] event : events) {
            decoder.decode(event, 0, event.length);
            decoder.write(encoder);
            encoder.endRow();
            count.bytes += event.length;
        }
        encoder.flush();
    }
}
