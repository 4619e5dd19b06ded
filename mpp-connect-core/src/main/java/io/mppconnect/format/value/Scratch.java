package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of one record that are not as the record has them. */
public final class Scratch {

    private static final int FIRST = 256;

    /** Beyond this, what one record needed is given back after it. */
    private static final int KEPT = 1 << 20;

    /** No array is longer. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Starts over with the next record. */
    public void clear() {
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
        length = 0;
    }

    public void cut(int newLength) {
        length = newLength;
    }

    public void add(int value) throws BadRecordException {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    public void add(byte[] source, int from, int to) throws BadRecordException {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Adds what stands between two elements, unless the opening in front of the first was added last. */
    public void separate(char opening, char separator) throws BadRecordException {
        if (bytes[length - 1] != opening) {
            add(separator);
        }
    }

    public void addAscii(String text) throws BadRecordException {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Adds a number of zero or more, of at least so many digits, with zeros in front. */
    public void addDigits(long number, int width) throws BadRecordException {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits = Math.max(digits, width);
        reserve(digits);
        length += digits;
        long rest = number;
        for (int at = length - 1; at >= length - digits; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Adds the two hexadecimal digits of a byte. */
    public void addHex(byte value) throws BadRecordException {
        reserve(2);
        bytes[length++] = HEX[value >> 4 & 0xF];
        bytes[length++] = HEX[value & 0xF];
    }

    public void addCodePoint(int codePoint) throws BadRecordException {
        reserve(4);
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | codePoint >> 6);
            bytes[length++] = continuation(codePoint);
        } else if (codePoint < 0x10000) {
            bytes[length++] = (byte) (0xE0 | codePoint >> 12);
            bytes[length++] = continuation(codePoint >> 6);
            bytes[length++] = continuation(codePoint);
        } else {
            bytes[length++] = (byte) (0xF0 | codePoint >> 18);
            bytes[length++] = continuation(codePoint >> 12);
            bytes[length++] = continuation(codePoint >> 6);
            bytes[length++] = continuation(codePoint);
        }
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    /** Makes room for so many bytes more. */
    void reserve(int count) throws BadRecordException {
        if (bytes.length - length < count) {
            long needed = (long) length + count;
            if (needed > LONGEST) {
                throw new BadRecordException("what is made of it would be longer than 2 GB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST, Math.max(2L * bytes.length, needed)));
        }
    }
}
