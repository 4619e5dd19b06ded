package io.mppconnect.benchmark;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** JSON events. */
public class JsonDecodeBenchmark extends RecordDecodeBenchmark {

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

    @Override
    RecordDecoder open() {
        List<String> names = kind.equals("FEW") ? List.of("id", "discount") : NAMES;
        return Formats.json()
                .open(names.stream()
                        .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                        .toList());
    }

    @Override
    byte[] event(int number) {
        String note = kind.equals("ESCAPED") ? "left at \\\"the\\\" door\\n" : "left at the front door";
        return ("{\"id\":" + (1_000_000 + number) + ",\"customer\":\"customer-" + number * 37
                        + "\",\"status\":\"SHIPPED\",\"amount\":" + number + ".95,\"currency\":\"EUR\",\"quantity\":"
                        + number % 9
                        + ",\"created\":\"2026-03-14T15:09:26.535Z\",\"paid\":true,\"country\":\"DE\",\"channel\":\"web\","
                        + "\"discount\":0.05,\"note\":\"" + note + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
