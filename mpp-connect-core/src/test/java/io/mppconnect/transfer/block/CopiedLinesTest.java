package io.mppconnect.transfer.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.spi.Block;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CopiedLinesTest {

    private static Block block(String text, int rows, long line) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Block block = new Block(bytes.length, released -> {});
        System.arraycopy(bytes, 0, block.bytes(), 0, bytes.length);
        block.filled(bytes.length, rows);
        block.comesFrom("a.csv", line);
        return block;
    }

    @Test
    void linesAreFoundInTheirBlocks() {
        CopiedLines lines = new CopiedLines(RowFormat.text());
        lines.add(block("a\nb\n", 2, 100));
        lines.add(block("c\n", 1, 7));
        lines.add(block("d\ne\n", 2, 102));

        assertThat(lines.find(2)).isEqualTo(101);
        assertThat(lines.find(3)).isEqualTo(7);
        assertThat(lines.find(5)).isEqualTo(103);
    }

    @Test
    void aQuotedFieldHasLinesOfItsOwn() {
        CopiedLines lines = new CopiedLines(RowFormat.csv().withNewline(Newline.CRLF));
        lines.add(block("\"a\r\nb\"\r\n", 1, 1));
        lines.add(block("c\r\n", 1, 50));

        assertThat(lines.find(3)).isEqualTo(50);
    }

    @Test
    void lineFeedsInQuotesOfTheFirstRowAreNotCounted() {
        CopiedLines lines = new CopiedLines(RowFormat.csv());
        lines.add(block("\"a\nb\"\n\"c\nd\"\ne\n", 3, 1));
        lines.add(block("f\n", 1, 50));

        assertThat(lines.find(1)).isEqualTo(1);
        assertThat(lines.find(2)).isEqualTo(3);
        assertThat(lines.find(4)).isEqualTo(5);
        assertThat(lines.find(5)).isEqualTo(50);
    }

    @Test
    void blocksOfLongAgoAreForgotten() {
        CopiedLines lines = new CopiedLines(RowFormat.text());
        for (int i = 0; i < 10_000; i++) {
            lines.add(block("a\n", 1, 1_000_000 + i));
        }

        assertThat(lines.find(1)).isEqualTo(1);
        assertThat(lines.find(10_000)).isEqualTo(1_009_999);
    }
}
