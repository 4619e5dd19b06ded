package io.mppconnect.transfer.reject;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.RejectedRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RejectSpoolTest {

    @Test
    void givesBackWhatItTook() throws Exception {
        List<RejectedRow> rows = List.of(
                new RejectedRow(
                        "a.csv", 3, OptionalInt.of(2), Optional.empty(), "bad", Optional.of("x,y"), Optional.empty()),
                new RejectedRow(
                        "b",
                        0,
                        OptionalInt.empty(),
                        Optional.of("23505"),
                        "caf\u00e9",
                        Optional.empty(),
                        Optional.of(ByteBuffer.wrap(new byte[] {1, -1}))));
        List<RejectedRow> read = new ArrayList<>();
        try (RejectSpool spool = new RejectSpool()) {
            for (RejectedRow row : rows) {
                spool.add(row);
            }
            assertThat(spool.first()).isEqualTo(rows.get(0));

            spool.drain(read::add);

            assertThat(spool.rows()).isZero();
        }
        assertThat(read).isEqualTo(rows);
    }

    @Test
    void keepsMoreThanItsMemoryHolds() throws Exception {
        String text = "x".repeat(50_000);
        List<Long> records = new ArrayList<>();
        try (RejectSpool spool = new RejectSpool()) {
            for (int pass = 0; pass < 2; pass++) {
                records.clear();
                for (int i = 1; i <= 100; i++) {
                    byte[] raw = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    spool.add(UnsentRow.of("a.csv", i, "bad", raw, 0, raw.length));
                }
                spool.drain(row -> {
                    assertThat(row.text()).contains(text);
                    records.add(row.record());
                });
                assertThat(records).hasSize(100).startsWith(1L, 2L).endsWith(100L);
            }
        }
    }
}
