package io.mppconnect.format.field;

import io.mppconnect.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by names, found by a name's bytes without making a String of them. */
public final class KeyTable<T> {

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int mask;
    private final byte[] @Nullable [] keys;
    private final List<@Nullable T> values;

    public KeyTable(Map<String, T> entries) {
        int size = Math.max(4, 4 * Integer.highestOneBit(Math.max(1, entries.size())));
        mask = size - 1;
        keys = new byte[size][];
        @Nullable Object[] slots = new Object[size];
        entries.forEach((key, value) -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            int slot = slot(bytes, 0, bytes.length);
            while (slots[slot] != null) {
                slot = slot + 1 & mask;
            }
            keys[slot] = bytes;
            slots[slot] = value;
        });
        @SuppressWarnings("unchecked")
        List<@Nullable T> typed = (List<@Nullable T>) Arrays.asList(slots);
        values = typed;
    }

    @Nullable
    public T find(byte[] bytes, int from, int to) {
        for (int slot = slot(bytes, from, to); ; slot = slot + 1 & mask) {
            byte[] key = keys[slot];
            if (key == null) {
                return null;
            }
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return values.get(slot);
            }
        }
    }

    private int slot(byte[] bytes, int from, int to) {
        int length = to - from;
        long word;
        if (length >= Words.BYTES) {
            word = Words.load(bytes, from) + 31 * Words.load(bytes, to - Words.BYTES);
        } else if (bytes.length - from >= Words.BYTES) {
            word = length == 0 ? 0 : Words.load(bytes, from) & (-1L >>> (Words.BYTES * (Words.BYTES - length)));
        } else {
            word = Words.load(bytes, from, to);
        }
        return (int) (((word ^ length) * MIX) >>> 40) & mask;
    }
}
