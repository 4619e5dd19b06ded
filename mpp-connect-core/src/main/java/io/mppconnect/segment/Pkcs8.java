package io.mppconnect.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Puts private keys of older forms into the one that Java reads. */
final class Pkcs8 {

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int EC_PARAMETERS = 0xa0;

    private static final byte[] VERSION = {INTEGER, 1, 0};

    /** 1.2.840.113549.1.1.1 and its NULL. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pkcs8() {}

    /** Of PKCS#1. */
    static byte[] ofRsa(byte[] key) {
        return key(element(SEQUENCE, RSA), key);
    }

    /** Of SEC 1, which must name its curve. */
    static byte[] ofEc(byte[] key) throws IOException {
        return key(element(SEQUENCE, EC, curve(key)), key);
    }

    private static byte[] key(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
    }

    private static byte[] curve(byte[] key) throws IOException {
        try {
            ByteBuffer elements = content(ByteBuffer.wrap(key));
            while (elements.hasRemaining()) {
                int tag = elements.get(elements.position()) & 0xff;
                ByteBuffer content = content(elements);
                if (tag == EC_PARAMETERS) {
                    byte[] curve = new byte[content.remaining()];
                    content.get(curve);
                    return curve;
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the key is damaged", e);
        }
        throw new IOException("the key does not name its curve");
    }

    /** The content of the next element, which is passed over. */
    private static ByteBuffer content(ByteBuffer from) {
        from.get();
        int length = from.get() & 0xff;
        if (length >= 0x80) {
            int digits = length & 0x7f;
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | (from.get() & 0xff);
            }
        }
        ByteBuffer content = from.slice().limit(length);
        from.position(from.position() + length);
        return content;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 5);
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else {
            int digits = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            element.write(0x80 | digits);
            for (int shift = 8 * (digits - 1); shift >= 0; shift -= 8) {
                element.write(length >>> shift);
            }
        }
        for (byte[] part : parts) {
            element.writeBytes(part);
        }
        return element.toByteArray();
    }
}
