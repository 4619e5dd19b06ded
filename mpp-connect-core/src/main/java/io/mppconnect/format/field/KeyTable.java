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

    /** The first and the last eight bytes of each key, in which all bytes are of one that has up to 16. */
    private final long[] heads;

    private final long[] tails;
    private final List<@Nullable T> values;

    public KeyTable(Map<String, T> entries) {
        int size = Math.max(4, 4 * Integer.highestOneBit(Math.max(1, entries.size())));
        mask = size - 1;
        keys = new byte[size][];
        heads = new long[size];
        tails = new long[size];
        @Nullable Object[] slots = new Object[size];
        entries.forEach((key, value) -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            long head = head(bytes, 0, bytes.length);
            long tail = tail(bytes, 0, bytes.length);
            int slot = slot(head, tail, bytes.length);
            while (slots[slot] != null) {
                slot = slot + 1 & mask;
            }
            keys[slot] = bytes;
            heads[slot] = head;
            tails[slot] = tail;
            slots[slot] = value;
        });
        @SuppressWarnings("unchecked")
        List<@Nullable T> typed = (List<@Nullable T>) Arrays.asList(slots);
        values = typed;
    }

    public @Nullable T find(byte[] bytes, int from, int to) {
        int length = to - from;
        long head = head(bytes, from, to);
        long tail = tail(bytes, from, to);
        for (int slot = slot(head, tail, length); ; slot = slot + 1 & mask) {
            byte[] key = keys[slot];
            if (key == null) {
                return null;
            }
            if (heads[slot] == head
                    && tails[slot] == tail
                    && key.length == length
                    && (length <= 2 * Words.BYTES || Arrays.equals(key, 0, length, bytes, from, to))) {
                return values.get(slot);
            }
        }
    }

    private static long head(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= Words.BYTES) {
            return Words.load(bytes, from);
        }
        if (bytes.length - from >= Words.BYTES) {
            return length == 0 ? 0 : Words.load(bytes, from) & (-1L >>> (Byte.SIZE * (Words.BYTES - length)));
        }
        return Words.load(bytes, from, to);
    }

    private static long tail(byte[] bytes, int from, int to) {
        return to - from >= Words.BYTES ? Words.load(bytes, to - Words.BYTES) : 0;
    }

    private int slot(long head, long tail, int length) {
        return (int) (((head + 31 * tail ^ length) * MIX) >>> 40) & mask;
    }
}
