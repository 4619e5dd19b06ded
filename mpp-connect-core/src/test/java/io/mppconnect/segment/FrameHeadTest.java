package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.spi.Block;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameHeadTest {

    private final FrameHead head = new FrameHead();

    private String headOf(String origin, long record) {
        Block block = new Block(8, released -> {});
        block.filled(3, 1);
        block.comesFrom(origin, record);
        head.block(block);
        return frames();
    }

    private String frames() {
        ByteBuffer buffer = head.buffer();
        StringBuilder frames = new StringBuilder();
        while (buffer.hasRemaining()) {
            char type = (char) buffer.get();
            int length = buffer.getInt();
            frames.append(type).append(length);
            if (type == 'L') {
                frames.append('=').append(buffer.getLong());
            } else if (type != 'D') {
                byte[] body = new byte[length];
                buffer.get(body);
                frames.append('=').append(new String(body, UTF_8));
            }
            frames.append(' ');
        }
        return frames.toString().strip();
    }

    @Test
    void namesOriginAndRecordOfEveryBlock() {
        assertThat(headOf("a", 5)).isEqualTo("F1=a L8=5 D3");
        assertThat(headOf("a", 6)).isEqualTo("F1=a L8=6 D3");
        assertThat(headOf("b", 1)).isEqualTo("F1=b L8=1 D3");
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        assertThat(headOf("", 0)).isEqualTo("D3");
    }

    @Test
    void takesBackWhatHoldsNoLonger() {
        headOf("a", 5);
        assertThat(headOf("", 0)).isEqualTo("F0= L8=0 D3");
        assertThat(headOf("", 0)).isEqualTo("D3");
    }

    @Test
    void cutsALongOriginBetweenCharacters() {
        assertThat(headOf("x" + "ü".repeat(200), 0)).isEqualTo("F255=x" + "ü".repeat(127) + " D3");
        assertThat(headOf("😀".repeat(100), 0)).isEqualTo("F256=" + "😀".repeat(64) + " D3");
    }

    @Test
    void endsWithAnEmptyBlockOrAnError() {
        head.end();
        assertThat(frames()).isEqualTo("D0");
        head.error("it\tbroke\u0000here");
        assertThat(frames()).isEqualTo("E13=it broke here");
    }
}
