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

    /** What leads here from the object that it is a member of; null when it is none, or its name needs escapes. */
    private final @Nullable JsonKey key;

    private final @Nullable KeyTable<JsonNode> members;
    private final IndexTable<JsonNode> elements;

    /** The member that came first in the last object at this place. */
    private @Nullable JsonNode first;

    /** The member that came after this one. */
    private @Nullable JsonNode following;

    /** The record that had a value here last. */
    private long record;

    private JsonNode(
            @Nullable JsonKey key,
            int[] fields,
            int[] within,
            @Nullable KeyTable<JsonNode> members,
            IndexTable<JsonNode> elements) {
        this.key = key;
        this.fields = fields;
        this.within = within;
        this.members = members;
        this.elements = elements;
    }

    /** The root of a tree that follows these paths. */
    static JsonNode of(PathTree tree) {
        return of(null, tree);
    }

    private static JsonNode of(@Nullable JsonKey key, PathTree tree) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        Map<Integer, JsonNode> elements = new LinkedHashMap<>();
        tree.children().forEach((step, child) -> {
            if (step instanceof Integer index) {
                elements.put(index, of(null, child));
            } else {
                String name = step.toString();
                members.put(name, of(JsonKey.isPlain(name) ? JsonKey.of(name) : null, child));
            }
        });
        return new JsonNode(
                key,
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

    /** The member that came after that one, or first, in the last object here: documents mostly keep their order. */
    @Nullable
    JsonNode expected(@Nullable JsonNode before) {
        return before == null ? first : before.following;
    }

    /** Expects the member there from now on. */
    void expect(@Nullable JsonNode before, JsonNode member) {
        if (before == null) {
            first = member;
        } else {
            before.following = member;
        }
    }

    @Nullable
    JsonKey key() {
        return key;
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
