package io.mppconnect.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Compressed text, made by the libraries themselves. */
final class Compressed {

    private Compressed() {}

    static byte[] gzip(String... members) throws IOException {
        return of(Compression.GZIP, members);
    }

    /** One member, stream or frame per text. */
    static byte[] of(Compression compression, String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            try (OutputStream out = compression.compress(one, "test data")) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
            one.writeTo(bytes);
        }
        return bytes.toByteArray();
    }
}
