package io.mppconnect.format.field;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values by places in an array, found without making an object of the place. */
public final class IndexTable<T> {

    private final int[] places;
    private final List<T> values;

    public IndexTable(Map<Integer, T> entries) {
        TreeMap<Integer, T> sorted = new TreeMap<>(entries);
        places = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
        values = List.copyOf(sorted.values());
    }

    public boolean isEmpty() {
        return places.length == 0;
    }

    @Nullable
    public T find(int place) {
        int found = Arrays.binarySearch(places, place);
        return found < 0 ? null : values.get(found);
    }
}
