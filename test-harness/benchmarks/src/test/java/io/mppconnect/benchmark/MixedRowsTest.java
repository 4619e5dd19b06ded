package io.mppconnect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixedRowsTest {

    @Test
    void readsWhatItWrites() throws Exception {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            for (ValueKind kind : ValueKind.values()) {
                MixedRows rows = MixedRows.of(kind.name());
                byte[] bytes = rows.bytes(format);
                RowDecoder decoder = RowDecoder.of(format, rows.columns());
                decoder.reset(bytes, 0, bytes.length);
                rows.read(decoder);

                assertThat(decoder.next()).as("%s after all rows", kind).isFalse();
                assertThat(bytes.length).as("bytes of %s", kind).isGreaterThan(MixedRows.ROWS * 10);
            }
        }
    }
}
