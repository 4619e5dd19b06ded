package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipInputTest {

    private static String read(byte[] compressed) throws IOException {
        try (InputStream in = new GzipInput(new ByteArrayInputStream(compressed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** A member with every optional part of the header. */
    private static byte[] withFullHeader(String text) throws IOException {
        byte[] plain = Compressed.gzip(text);
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 2 | 4 | 8 | 16;
        byte[] options = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'w', 'h', 'y', 0, 1, 2};
        return joined(head, options, Arrays.copyOfRange(plain, 10, plain.length));
    }

    @Test
    void membersAreReadOneAfterTheOther() throws IOException {
        assertThat(read(Compressed.gzip("one\n", "", "two\n"))).isEqualTo("one\ntwo\n");
    }

    @Test
    void optionalHeaderPartsAreSkipped() throws IOException {
        assertThat(read(joined(withFullHeader("one\n"), withFullHeader("two\n"))))
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void zerosMayFollow() throws IOException {
        assertThat(read(joined(Compressed.gzip("one\n"), new byte[600]))).isEqualTo("one\n");
    }

    @Test
    void oneByteAtATimeIsEnough() throws IOException {
        byte[] compressed = Compressed.gzip("one\n", "two\n");
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(compressed)) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return super.read(bytes, from, Math.min(length, 1));
            }
        };
        try (InputStream in = new GzipInput(slow)) {
            StringBuilder text = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
            assertThat(text).hasToString("one\ntwo\n");
        }
    }

    @Test
    void everyEarlyEndIsNoticed() throws IOException {
        byte[] first = withFullHeader("one\n");
        byte[] all = joined(first, withFullHeader("two\n"));
        for (int length = 0; length < all.length; length++) {
            if (length != first.length) {
                byte[] cut = Arrays.copyOf(all, length);
                assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void whatIsNoGzipIsRefused() throws IOException {
        assertThatThrownBy(() -> read("plain".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ZipException.class)
                .hasMessage("it does not start as gzip does");
        assertThatThrownBy(() -> read(joined(Compressed.gzip("x"), new byte[] {'t', 'a', 'i', 'l'})))
                .isInstanceOf(ZipException.class)
                .hasMessage("something that is not gzip follows");
        assertThatThrownBy(() -> read(joined(Compressed.gzip("x"), new byte[] {0, 'x'})))
                .isInstanceOf(ZipException.class)
                .hasMessage("something that is not gzip follows");
    }

    @Test
    void damageIsNoticed() throws IOException {
        byte[] compressed = Compressed.gzip("some text, some text");
        damaged(compressed, 2, "the compression method is unknown");
        damaged(compressed, 3, "the header has unknown flags");
        damaged(compressed, 10, "invalid code lengths set");
        damaged(compressed, compressed.length - 8, "the checksum differs");
        damaged(compressed, compressed.length - 4, "the length differs");
    }

    private static void damaged(byte[] compressed, int index, String message) {
        byte[] copy = compressed.clone();
        copy[index] = (byte) ~copy[index];
        assertThatThrownBy(() -> read(copy)).isInstanceOf(ZipException.class).hasMessage(message);
    }
}
