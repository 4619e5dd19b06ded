package io.mppconnect.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of protocol 1. */
final class Frames {

    private Frames() {}

    static byte[] frame(char type, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(body.length)
                .put(body)
                .array();
    }

    static byte[] data(String rows) {
        return frame('D', rows.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] end() {
        return frame('D', new byte[0]);
    }

    static byte[] file(String name) {
        return frame('F', name.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] line(long number) {
        return frame('L', ByteBuffer.allocate(8).putLong(number).array());
    }

    static byte[] error(String text) {
        return frame('E', text.getBytes(StandardCharsets.UTF_8));
    }
}
