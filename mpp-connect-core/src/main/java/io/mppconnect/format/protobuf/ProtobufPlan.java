package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.field.IndexTable;
import io.mppconnect.format.field.PathTree;
import io.mppconnect.format.value.ArrayLiterals;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles how messages are read: what is kept of them; all else is passed over. */
final class ProtobufPlan {

    private final List<ColumnType> types;
    private final ProtobufJsonText json = new ProtobufJsonText();

    private ProtobufPlan(List<ColumnType> types) {
        this.types = types;
    }

    /**
     * The step that keeps the fields of a message, from the inside of it.
     *
     * @param tree where they are, all of which can be there
     * @param types what the database reads each of them as
     */
    static ProtobufStep of(Descriptor message, PathTree tree, List<ColumnType> types) {
        return new ProtobufPlan(types).inside(message, tree);
    }

    private ProtobufStep inside(Descriptor message, PathTree tree) {
        List<ProtobufStep> steps = new ArrayList<>();
        for (int field : tree.fields()) {
            steps.add(kept(message, field));
        }
        if (!tree.children().isEmpty()) {
            steps.add(fields(message, tree));
        }
        return all(steps);
    }

    private ProtobufStep fields(Descriptor message, PathTree tree) {
        Map<FieldDescriptor, ProtobufMember> members = new LinkedHashMap<>();
        tree.children().forEach((step, child) -> {
            FieldDescriptor field = message.findFieldByName(step.toString());
            members.put(field, member(field, child));
        });
        ProtobufMessage fields = new ProtobufMessage(List.copyOf(members.keySet()));
        fields.members(members);
        return fields;
    }

    private ProtobufMember member(FieldDescriptor field, PathTree tree) {
        if (!field.isRepeated()) {
            return ProtobufSingle.of(field, value(field, tree));
        }
        List<ProtobufMember> members = new ArrayList<>();
        for (int kept : tree.fields()) {
            members.add(made(whole(field, types.get(kept)), kept));
        }
        if (!tree.children().isEmpty()) {
            members.add(field.isMapField() ? entries(field, tree) : elements(field, tree));
        }
        return members.stream().reduce(ProtobufPlan::both).orElse(ProtobufMember.NOTHING);
    }

    private static ProtobufMember both(ProtobufMember one, ProtobufMember other) {
        return (in, first, values) -> {
            one.take(in, first, values);
            other.take(in, first, values);
        };
    }

    /** Adds a repeated field to the scratch. */
    private ProtobufMember whole(FieldDescriptor field, ColumnType type) {
        if (field.isMapField() || type.kind() != TypeKind.ARRAY) {
            return json.whole(field);
        }
        TypeKind element = type.element().map(ColumnType::kind).orElse(TypeKind.TEXT);
        return new ProtobufArrayText(json, ArrayLiterals.delimiter(type), element).of(field);
    }

    private static ProtobufMember made(ProtobufMember text, int field) {
        return (in, first, values) -> {
            int made = values.scratch().length();
            text.take(in, first, values);
            values.setMade(field, made);
        };
    }

    private static ProtobufStep made(ProtobufStep text, int field) {
        return (in, values) -> {
            int made = values.scratch().length();
            text.run(in, values);
            values.setMade(field, made);
        };
    }

    /** Reads one value of a field, or the inside of a message. */
    private ProtobufStep value(FieldDescriptor field, PathTree tree) {
        if (ProtobufSingle.isMessage(field)) {
            return inside(field.getMessageType(), tree);
        }
        return all(tree.fields().stream().map(kept -> kept(field, kept)).toList());
    }

    /** All from the same position. */
    private static ProtobufStep all(List<ProtobufStep> steps) {
        if (steps.size() == 1) {
            return steps.get(0);
        }
        return (in, values) -> {
            int start = in.position;
            for (ProtobufStep step : steps) {
                in.position = start;
                step.run(in, values);
            }
        };
    }

    private ProtobufStep kept(FieldDescriptor scalar, int field) {
        // A text that is all there can be is taken for JSON itself.
        return forJson(field) && scalar.getType() != FieldDescriptor.Type.STRING
                ? made(json.value(scalar), field)
                : ProtobufScalars.of(scalar, field, types.get(field).kind());
    }

    private ProtobufStep kept(Descriptor message, int field) {
        ProtobufWellKnown wellKnown = ProtobufWellKnown.of(message);
        boolean text = wellKnown == ProtobufWellKnown.WRAPPER
                && message.getFields().get(0).getType() == FieldDescriptor.Type.STRING;
        return wellKnown.isScalar() && (text || !forJson(field))
                ? ProtobufScalars.ofMessage(message, field, types.get(field).kind())
                : made(json.message(message), field);
    }

    private boolean forJson(int field) {
        TypeKind kind = types.get(field).kind();
        return kind == TypeKind.JSON || kind == TypeKind.JSONB;
    }

    private ProtobufMember elements(FieldDescriptor field, PathTree tree) {
        Map<Integer, ProtobufStep> chosen = new HashMap<>();
        tree.children().forEach((step, child) -> chosen.put((Integer) step, element(field, child)));
        return new ProtobufElements(field, new IndexTable<>(chosen));
    }

    private ProtobufStep element(FieldDescriptor field, PathTree tree) {
        ProtobufStep value = value(field, tree);
        return ProtobufSingle.isMessage(field) ? (in, values) -> in.within(value, values) : value;
    }

    private ProtobufMember entries(FieldDescriptor map, PathTree tree) {
        FieldDescriptor value = map.getMessageType().findFieldByNumber(2);
        Map<String, ProtobufMember> chosen = new HashMap<>();
        tree.children().forEach((step, child) -> {
            ProtobufMember taking = ProtobufSingle.orZero(value, value(value, child));
            ProtobufMember anew = (in, first, values) -> {
                in.checkMade(values.scratch());
                // An entry takes the place of another one with the same key.
                for (int field : child.within()) {
                    values.setNull(field);
                }
                taking.take(in, first, values);
            };
            chosen.merge(step.toString(), anew, ProtobufPlan::both);
        });
        return new ProtobufEntries(map, chosen);
    }
}
