package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8ChunksTest {

    @Test
    void encodesAsJavaDoesHoweverLongTheTextIs() {
        Random random = new Random(61);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(4000);
            while (text.length() < length) {
                int bits = 7 + random.nextInt(14);
                int point = random.nextInt(1 << bits);
                if (Character.isValidCodePoint(point) && (point < 0xD800 || point > 0xDFFF)) {
                    text.appendCodePoint(point);
                }
            }
            assertThat(encoded(text.toString())).isEqualTo(text.toString().getBytes(UTF_8));
            assertThat(encoded(text)).isEqualTo(text.toString().getBytes(UTF_8));
        }
    }

    @Test
    void keepsPairsTogetherWhereverTheyAre() {
        for (int before = 1020; before < 1030; before++) {
            String text = "x".repeat(before) + "\uD83D\uDE80\uD83D\uDE80";
            assertThat(encoded(text)).isEqualTo(text.getBytes(UTF_8));
        }
    }

    @Test
    void findsHalfPairsWhereverTheyAre() {
        for (int before = 1020; before < 1030; before++) {
            for (String half : new String[] {"\uD83D", "\uDE80", "\uD83Dx", "\uD83D\uD83D\uDE80"}) {
                assertThat(encoded("x".repeat(before) + half)).isNull();
            }
        }
    }

    private static byte[] encoded(CharSequence text) {
        Utf8Chunks chunks = new Utf8Chunks();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = 0; next < text.length(); ) {
            next = chunks.next(text, next);
            if (next < 0) {
                return null;
            }
            bytes.write(chunks.bytes(), 0, chunks.length());
        }
        return bytes.toByteArray();
    }
}
