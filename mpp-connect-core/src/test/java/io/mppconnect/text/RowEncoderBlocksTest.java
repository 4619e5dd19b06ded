package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowEncoderBlocksTest {

    private static final String LONG = "long".repeat(50);

    @Test
    void sendsWholeRowsAndMovesTheStartedOne() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(100);
        RowEncoder encoder = encoder(blocks);
        for (int row = 0; row < 20; row++) {
            encoder.writeText("row" + row);
            encoder.writeText("some text");
            encoder.endRow();
        }
        encoder.flush();

        assertThat(blocks.blocks()).hasSizeGreaterThan(2).allMatch(block -> block.endsWith("\n"));
        assertThat(blocks.blockRows().stream().mapToInt(rows -> rows).sum()).isEqualTo(20);
        assertThat(blocks.text()).startsWith("row0\tsome text\nrow1\t").endsWith("row19\tsome text\n");
        assertThat(blocks.grown()).isZero();
        assertThat(blocks.holdsBlock()).isFalse();
        assertThat(encoder.rows()).isEqualTo(20);
    }

    @Test
    void growsForARowLongerThanABlock() throws InterruptedException {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            SentBlocks blocks = SentBlocks.of(64);
            RowEncoder encoder = RowEncoder.of(format, List.of("a", "b"), blocks);
            write(encoder, "first", "x");
            write(encoder, "second", LONG);
            write(encoder, "third", "y");
            encoder.flush();

            char delimiter = format.delimiter();
            assertThat(blocks.text())
                    .isEqualTo("first" + delimiter + "x\nsecond" + delimiter + LONG + "\nthird" + delimiter + "y\n");
            assertThat(blocks.grown()).isPositive();
        }
    }

    @Test
    void asksForNoMoreThanARowTakes() throws InterruptedException {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            // Every character but the quotes and the terminator is as long as it can be.
            String value = ("日".repeat(3000) + (format.isCsv() ? "\"" : "\\")).repeat(3);
            int length = 3 * (9000 + 2) + (format.isCsv() ? 2 : 0);
            SentBlocks blocks = new SentBlocks(64, length + 1);
            RowEncoder encoder = RowEncoder.of(format, List.of("a"), blocks);

            encoder.writeText(value);
            encoder.endRow();
            encoder.flush();

            assertThat(blocks.bytes()).hasSize(length + 1);
        }
    }

    @Test
    void aRowThatIsTooLongIsTakenBack() throws InterruptedException {
        SentBlocks blocks = new SentBlocks(64, 100);
        RowEncoder encoder = encoder(blocks);
        write(encoder, "first", "x");

        encoder.writeText("second");
        assertThatThrownBy(() -> encoder.writeText(LONG))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("too long");
        write(encoder, "third", "y");
        encoder.flush();

        assertThat(blocks.text()).isEqualTo("first\tx\nthird\ty\n");
        assertThat(encoder.rows()).isEqualTo(2);
    }

    @Test
    void anInterruptTakesTheStartedRowBack() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);
        write(encoder, "first", "x");
        encoder.writeText("second");

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> encoder.writeText(LONG)).isInstanceOf(InterruptedException.class);
        write(encoder, "third", "y");
        encoder.flush();

        assertThat(blocks.text()).isEqualTo("first\tx\nthird\ty\n");
    }

    @Test
    void flushKeepsTheStartedRow() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);
        encoder.writeText("");
        encoder.flush();
        encoder.writeText("x");
        encoder.endRow();
        encoder.writeText("second");
        encoder.flush();
        assertThat(blocks.blocks()).containsExactly("\tx\n");

        encoder.flush();
        encoder.writeText("y");
        encoder.endRow();
        encoder.flush();
        encoder.flush();

        assertThat(blocks.blocks()).containsExactly("\tx\n", "second\ty\n");
        assertThat(blocks.holdsBlock()).isFalse();
    }

    @Test
    void discardGivesTheBlockBack() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);
        write(encoder, "first", "x");
        encoder.writeText("second");

        encoder.discard();
        encoder.discard();

        assertThat(blocks.blocks()).isEmpty();
        assertThat(blocks.discarded()).isEqualTo(1);
        write(encoder, "third", "y");
        encoder.flush();
        assertThat(blocks.text()).isEqualTo("third\ty\n");
    }

    @Test
    void anAbandonedRowIsNotInTheStream() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);
        write(encoder, "first", "x");
        encoder.writeText("second");
        encoder.abandonRow();
        encoder.abandonRow();
        write(encoder, "third", "y");
        encoder.flush();

        assertThat(blocks.text()).isEqualTo("first\tx\nthird\ty\n");
    }

    @Test
    void holdsNothingBeforeTheFirstValue() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);

        encoder.flush();
        encoder.discard();

        assertThat(blocks.holdsBlock()).isFalse();
        assertThat(blocks.discarded()).isZero();
    }

    @Test
    void aBlockWithoutARowIsGivenBackByFlush() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(64);
        RowEncoder encoder = encoder(blocks);
        encoder.writeText("first");
        encoder.abandonRow();

        encoder.flush();

        assertThat(blocks.holdsBlock()).isFalse();
        assertThat(blocks.discarded()).isEqualTo(1);
        assertThat(blocks.blocks()).isEmpty();
    }

    private static RowEncoder encoder(SentBlocks blocks) {
        return RowEncoder.of(RowFormat.text(), List.of("a", "b"), blocks);
    }

    private static void write(RowEncoder encoder, String first, String second) throws InterruptedException {
        encoder.writeText(first);
        encoder.writeText(second);
        encoder.endRow();
    }
}
