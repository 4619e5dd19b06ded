package io.mppconnect.format.json;

import io.mppconnect.format.field.IndexTable;
import io.mppconnect.format.field.KeyTable;
import io.mppconnect.format.field.PathTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in documents that fields are taken from, or from within it. */
final class JsonNode {

    /** The fields that hold the value at this place. */
    final int[] fields;

    /** The fields that hold this value or one within it: a second value at this place takes the place of theirs too. */
    final int[] within;

    private final @Nullable KeyTable<JsonNode> members;
    private final IndexTable<JsonNode> elements;

    /** The record that had a value here last. */
    private long record;

    private JsonNode(int[] fields, int[] within, @Nullable KeyTable<JsonNode> members, IndexTable<JsonNode> elements) {
        this.fields = fields;
        this.within = within;
        this.members = members;
        this.elements = elements;
    }

    /** The root of a tree that follows these paths. */
    static JsonNode of(PathTree tree) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        Map<Integer, JsonNode> elements = new LinkedHashMap<>();
        tree.children().forEach((step, child) -> {
            if (step instanceof Integer index) {
                elements.put(index, of(child));
            } else {
                members.put(step.toString(), of(child));
            }
        });
        return new JsonNode(
                tree.fields().stream().mapToInt(Integer::intValue).toArray(),
                tree.within().stream().mapToInt(Integer::intValue).toArray(),
                members.isEmpty() ? null : new KeyTable<>(members),
                new IndexTable<>(elements));
    }

    boolean hasMembers() {
        return members != null;
    }

    boolean hasElements() {
        return !elements.isEmpty();
    }

    @Nullable
    JsonNode member(byte[] bytes, int from, int to) {
        return members == null ? null : members.find(bytes, from, to);
    }

    @Nullable
    JsonNode element(int index) {
        return elements.find(index);
    }

    /** Whether the record has had a value here already. */
    boolean repeated(long number) {
        boolean repeated = record == number;
        record = number;
        return repeated;
    }
}
