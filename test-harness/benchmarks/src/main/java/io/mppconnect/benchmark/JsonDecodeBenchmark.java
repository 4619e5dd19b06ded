package io.mppconnect.benchmark;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/** JSON events of twelve members into TEXT. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JsonDecodeBenchmark {

    private static final int EVENTS = 500;

    private static final List<String> NAMES = List.of(
            "id",
            "customer",
            "status",
            "amount",
            "currency",
            "quantity",
            "created",
            "paid",
            "country",
            "channel",
            "discount",
            "note");

    /** As producers write it, with escapes in a text, with a column of two members only. */
    @Param({"PLAIN", "ESCAPED", "FEW"})
    public String kind = "";

    private final MixedRows.OneBlock block = new MixedRows.OneBlock();
    private byte[][] events = {};
    private RecordDecoder decoder = Formats.json().document("raw").open(List.of());
    private RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("raw"), block);

    /** Makes the events. */
    @Setup
    public void prepare() {
        List<String> names = kind.equals("FEW") ? List.of("id", "discount") : NAMES;
        decoder = Formats.json()
                .open(names.stream()
                        .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                        .toList());
        encoder = RowEncoder.of(RowFormat.text(), names, block);
        events = new byte[EVENTS][];
        for (int i = 0; i < EVENTS; i++) {
            events[i] = event(i).getBytes(StandardCharsets.UTF_8);
        }
    }

    private String event(int number) {
        String note = kind.equals("ESCAPED") ? "left at \\\"the\\\" door\\n" : "left at the front door";
        return "{\"id\":" + (1_000_000 + number) + ",\"customer\":\"customer-" + number * 37
                + "\",\"status\":\"SHIPPED\",\"amount\":" + number + ".95,\"currency\":\"EUR\",\"quantity\":"
                + number % 9
                + ",\"created\":\"2026-03-14T15:09:26.535Z\",\"paid\":true,\"country\":\"DE\",\"channel\":\"web\","
                + "\"discount\":0.05,\"note\":\"" + note + "\"}";
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
