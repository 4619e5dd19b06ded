package io.mppconnect.format.json;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.PathTree;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes fields out of JSON documents in one pass over their bytes; nothing is allocated per record or field. */
public final class JsonDecoder implements ValueDecoder {

    /** What the database reads of a column. */
    private enum Reads {
        TEXT,
        JSON,
        /** JSON whose characters must all be storable. */
        JSONB
    }

    private final List<ChosenField> chosen;
    private final Reads[] reads;
    private final @Nullable JsonArray[] arrays;
    private final JsonNode root;
    private final FieldValues values;
    private final JsonScanner scanner = new JsonScanner();
    private final JsonScanner arrayScanner = new JsonScanner();
    private final Scratch name = new Scratch();
    private int end;
    private long records;

    public JsonDecoder(List<ChosenField> chosen, List<Column> columns) {
        this.chosen = chosen;
        reads = new Reads[chosen.size()];
        arrays = new JsonArray[chosen.size()];
        for (int field = 0; field < reads.length; field++) {
            ColumnType type = chosen.get(field).columnType(columns).orElse(ColumnType.of(TypeKind.TEXT, "text"));
            reads[field] = type.kind() == TypeKind.JSONB
                    ? Reads.JSONB
                    : type.kind() == TypeKind.JSON ? Reads.JSON : Reads.TEXT;
            arrays[field] = type.kind() == TypeKind.ARRAY ? new JsonArray(type) : null;
        }
        root = JsonNode.of(PathTree.of(chosen.stream().map(ChosenField::path).toList()));
        values = new FieldValues(chosen.size());
    }

    @Override
    public FieldValues values() {
        return values;
    }

    @Override
    public List<Field> fields() {
        return ChosenField.untyped(chosen);
    }

    @Override
    public void decode(byte[] bytes, int from, int to) throws BadRecordException {
        values.reset(bytes);
        scanner.reset(bytes, from, to);
        end = to;
        records++;
        int first = scanner.next();
        if (first < 0 && scanner.position == to) {
            throw new BadRecordException("no JSON: it is empty");
        }
        value(root);
        scanner.end();
        boolean inside = first == '{' ? root.hasMembers() : first == '[' && root.hasElements();
        if (!inside && (root.hasMembers() || root.hasElements())) {
            throw new BadRecordException(
                    "no JSON " + (root.hasMembers() ? "object" : "array") + ", but " + kind(first));
        }
        for (int field = 0; field < reads.length; field++) {
            chosen.get(field).check(values, field);
        }
    }

    private static String kind(int first) {
        return switch (first) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a text";
            case 'n' -> "null";
            case 't', 'f' -> "a truth value";
            default -> "a number";
        };
    }

    /** What a field holds, as text; empty for NULL. */
    public Optional<String> text(int field) {
        return values.isNull(field)
                ? Optional.empty()
                : Optional.of(new String(
                        values.textBytes(field),
                        values.textFrom(field),
                        values.textTo(field) - values.textFrom(field),
                        StandardCharsets.UTF_8));
    }

    private void value(JsonNode node) throws BadRecordException {
        if (node.repeated(records)) {
            for (int field : node.within) {
                values.setNull(field);
            }
        }
        int first = scanner.next();
        int from = scanner.position;
        if (first == '{' && node.hasMembers()) {
            object(node);
        } else if (first == '[' && node.hasElements()) {
            array(node);
        } else {
            scanner.skipValue();
        }
        for (int field : node.fields) {
            take(field, first, from);
        }
    }

    private void object(JsonNode node) throws BadRecordException {
        scanner.enter();
        JsonNode before = null;
        int next = scanner.next();
        while (next != '}') {
            JsonNode member = member(node, before, next);
            if (member == null) {
                scanner.skipValue();
            } else {
                value(member);
                before = member;
            }
            next = scanner.next();
            if (next == ',') {
                scanner.position++;
                next = scanner.next();
                if (next == '}') {
                    scanner.name(next);
                }
            } else if (next != '}') {
                throw scanner.expected(true);
            }
        }
        scanner.leave();
    }

    /** Skips a name and tells the member that has it; null when nobody wants that one. */
    private @Nullable JsonNode member(JsonNode node, @Nullable JsonNode before, int next) throws BadRecordException {
        JsonNode expected = node.expected(before);
        if (expected != null && scanner.skips(expected.key())) {
            return expected;
        }
        scanner.name(next);
        JsonNode member = named(node);
        if (member != null) {
            node.expect(before, member);
        }
        return member;
    }

    private @Nullable JsonNode named(JsonNode node) throws BadRecordException {
        if (!scanner.escaped) {
            return node.member(scanner.bytes, scanner.stringFrom, scanner.stringTo);
        }
        if (scanner.unstorableFrom(scanner.stringFrom) >= 0) {
            return null;
        }
        name.clear();
        JsonText.unescape(scanner.bytes, scanner.stringFrom, scanner.stringTo, name);
        return node.member(name.bytes(), 0, name.length());
    }

    private void array(JsonNode node) throws BadRecordException {
        scanner.enter();
        int next = scanner.next();
        for (int index = 0; next != ']'; index++) {
            JsonNode element = node.element(index);
            if (element == null) {
                scanner.skipValue();
            } else {
                value(element);
            }
            next = scanner.next();
            if (next == ',') {
                scanner.position++;
                next = scanner.next();
                if (next == ']') {
                    scanner.skipValue();
                }
            } else if (next != ']') {
                throw scanner.expected(false);
            }
        }
        scanner.leave();
    }

    /** Keeps the value that the scanner has just passed. */
    private void take(int field, int first, int from) throws BadRecordException {
        JsonArray array = arrays[field];
        boolean plain = reads[field] == Reads.TEXT && (first == '"' || (first == '[' && array != null));
        if (plain || reads[field] == Reads.JSONB) {
            int unstorable = scanner.unstorableFrom(from);
            if (unstorable >= 0) {
                throw scanner.unstorable(unstorable);
            }
        }
        if (first == 'n') {
            values.setNull(field);
        } else if (!plain) {
            values.setText(field, from, scanner.position);
        } else if (array != null && first == '[') {
            int start = values.scratch().length();
            arrayScanner.reset(scanner.bytes, from, end);
            array.add(arrayScanner, values.scratch());
            values.setMade(field, start);
        } else if (scanner.escaped) {
            int start = values.scratch().length();
            JsonText.unescape(scanner.bytes, scanner.stringFrom, scanner.stringTo, values.scratch());
            values.setMade(field, start);
        } else {
            values.setText(field, scanner.stringFrom, scanner.stringTo);
        }
    }
}
