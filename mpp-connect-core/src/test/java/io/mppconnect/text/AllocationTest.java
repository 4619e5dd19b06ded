package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows of ten columns must not cost memory, neither to write nor to read. */
class AllocationTest {

    private static final int ROWS = 20_000;

    /** What a call may allocate besides its rows: a byte a row would be more. */
    private static final long TOLERATED = ROWS / 2;

    private static final byte[] UTF8 = "tab\there, \"quoted\" there, and plain text".getBytes(UTF_8);
    private static final UUID ID = new UUID(1, 2);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is measured. */
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void writingAndReadingRowsAllocatesNothing() throws Exception {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            OneBlock blocks = new OneBlock();
            RowEncoder encoder = RowEncoder.of(format, Samples.names(10), blocks);
            assertThat(allocated(() -> write(encoder, ROWS))).isLessThan(TOLERATED);

            encoder.flush();
            write(encoder, 1000);
            encoder.flush();
            byte[] rows = Arrays.copyOf(blocks.block().bytes(), blocks.block().length());
            RowDecoder decoder = RowDecoder.of(format, RowDecoderTest.columns(10));
            assertThat(allocated(() -> {
                        for (int i = 0; i < ROWS / 1000; i++) {
                            read(decoder, rows);
                        }
                    }))
                    .isLessThan(TOLERATED);
        }
    }

    @Test
    void findingRowEndsAllocatesNothing() throws Exception {
        byte[] bytes = "1,\"two\",three\r\n".repeat(1000).getBytes(UTF_8);
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv().withNewline(Newline.CRLF))) {
            RowBoundary boundary = RowBoundary.of(format);
            assertThat(allocated(() -> {
                        for (int i = 0; i < ROWS / 1000; i++) {
                            boundary.scan(bytes, 0, bytes.length);
                        }
                    }))
                    .isLessThan(TOLERATED);
        }
    }

    @Test
    void scanningFieldsAllocatesNothing() throws Exception {
        String text = "1||\"two\"||three\n".repeat(4 * ROWS);
        FieldScanner scanner = FieldScanner.of(DelimitedFormat.csv("||"), new StringReader(text), 100);
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), Samples.names(3), new OneBlock());

        assertThat(allocated(() -> {
                    for (int row = 0; row < ROWS; row++) {
                        scanner.nextRow();
                        for (int i = 0; i < scanner.fields(); i++) {
                            encoder.writeText(scanner.field(i));
                        }
                        encoder.endRow();
                    }
                }))
                .isLessThan(TOLERATED);
    }

    /** The least that one of a few runs took: the first ones pay for tables and for the compiler. */
    private long allocated(Work work) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            work.run();
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least;
    }

    private static void write(RowEncoder encoder, int rows) throws InterruptedException {
        for (int row = 0; row < rows; row++) {
            encoder.writeLong(row * 1_000_003L);
            encoder.writeNull();
            encoder.writeBoolean(true);
            encoder.writeDouble(row / 7.0);
            encoder.writeDecimal(row, 2);
            encoder.writeText("plain text, and some that is \"quoted\"\n\u00E9");
            encoder.writeUtf8(UTF8, 0, UTF8.length);
            encoder.writeDate(row);
            encoder.writeInstant(row * 1_000_000_007L);
            encoder.writeUuid(ID);
            encoder.endRow();
        }
    }

    private static long read(RowDecoder decoder, byte[] rows) {
        long sum = 0;
        decoder.reset(rows, 0, rows.length);
        while (decoder.next()) {
            sum += decoder.longAt(0);
            sum += decoder.isNull(1) ? 1 : 0;
            sum += decoder.booleanAt(2) ? 1 : 0;
            sum += (long) decoder.doubleAt(3);
            sum += (long) decoder.floatAt(4);
            sum += decoder.valueTo(5) - decoder.valueFrom(5);
            sum += decoder.valueTo(6) - decoder.valueFrom(6);
            sum += decoder.epochDayAt(7);
            sum += decoder.instantMicrosAt(8);
            sum += decoder.valueTo(9) - decoder.valueFrom(9);
        }
        return sum;
    }
}
