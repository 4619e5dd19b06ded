package io.mppconnect.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in documents that fields are taken from, or from within it. */
final class JsonNode {

    /** The fields that hold the value at this place. */
    final int[] fields;

    /** The fields that hold this value or one within it: a second value at this place takes the place of theirs too. */
    final int[] within;

    private final @Nullable KeyTable<JsonNode> members;
    private final Map<Integer, JsonNode> elements;

    /** The record that had a value here last. */
    private long record;

    private JsonNode(int[] fields, int[] within, @Nullable KeyTable<JsonNode> members, Map<Integer, JsonNode> elements) {
        this.fields = fields;
        this.within = within;
        this.members = members;
        this.elements = elements;
    }

    /** The root of a tree of these paths, each of the field of the same place in the list. */
    static JsonNode of(List<FieldPath> paths) {
        Draft root = new Draft();
        for (int field = 0; field < paths.size(); field++) {
            Draft node = root;
            for (Object step : paths.get(field).steps()) {
                node.within.add(field);
                node = node.children.computeIfAbsent(step, any -> new Draft());
            }
            node.within.add(field);
            node.fields.add(field);
        }
        return root.node();
    }

    private static final class Draft {

        private final List<Integer> fields = new ArrayList<>();
        private final List<Integer> within = new ArrayList<>();
        private final Map<Object, Draft> children = new LinkedHashMap<>();

        JsonNode node() {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            Map<Integer, JsonNode> elements = new LinkedHashMap<>();
            children.forEach((step, child) -> {
                if (step instanceof Integer index) {
                    elements.put(index, child.node());
                } else {
                    members.put(step.toString(), child.node());
                }
            });
            return new JsonNode(
                    fields.stream().mapToInt(Integer::intValue).toArray(),
                    within.stream().mapToInt(Integer::intValue).toArray(),
                    members.isEmpty() ? null : new KeyTable<>(members),
                    elements);
        }
    }

    boolean hasMembers() {
        return members != null;
    }

    boolean hasElements() {
        return !elements.isEmpty();
    }

    @Nullable JsonNode member(byte[] bytes, int from, int to) {
        return members == null ? null : members.find(bytes, from, to);
    }

    @Nullable JsonNode element(int index) {
        return elements.get(index);
    }

    /** Whether the record has had a value here already. */
    boolean repeated(long number) {
        boolean repeated = record == number;
        record = number;
        return repeated;
    }
}
