package io.mppconnect.test.segment;

import java.util.Arrays;

/** A growing run of bytes. */
final class Bytes {

    private byte[] array;
    private int length;

    Bytes(int capacity) {
        this.array = new byte[capacity];
    }

    void add(int value) {
        ensure(1);
        array[length++] = (byte) value;
    }

    void add(byte[] bytes, int from, int to) {
        ensure(to - from);
        System.arraycopy(bytes, from, array, length, to - from);
        length += to - from;
    }

    private void ensure(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
        }
    }

    int length() {
        return length;
    }

    void truncate(int to) {
        length = to;
    }

    boolean equalsFrom(int from, byte[] other) {
        return Arrays.equals(array, from, length, other, 0, other.length);
    }

    byte[] toArray() {
        return Arrays.copyOf(array, length);
    }
}
