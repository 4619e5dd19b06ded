package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.ElementText;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the steps that add values to the scratch as JSON. */
final class ProtobufJsonText {

    private final ElementText element = new ElementText();
    private final Map<Descriptor, ProtobufStep> messages = new HashMap<>();

    /** Adds a whole field: an object of a map's entries, an array of other values that are several, or the only value. */
    ProtobufMember whole(FieldDescriptor field) {
        if (field.isMapField()) {
            return between('{', entry(field.getMessageType()), '}');
        }
        if (field.isRepeated()) {
            ProtobufStep value = value(field);
            ProtobufStep next = (in, values) -> {
                in.checkMade(values.scratch());
                values.scratch().separate('[', ',');
                value.run(in, values);
            };
            return between('[', next, ']');
        }
        return ProtobufSingle.of(field, step(field));
    }

    private static ProtobufMember between(char opening, ProtobufStep each, char closing) {
        return (in, first, values) -> {
            values.scratch().add(opening);
            in.each(first, each, values);
            values.scratch().add(closing);
        };
    }

    /** Adds one value of a field. */
    ProtobufStep value(FieldDescriptor field) {
        ProtobufStep step = step(field);
        return ProtobufSingle.isMessage(field) ? (in, values) -> in.within(step, values) : step;
    }

    /** Adds a value, or a message from the inside of it. */
    private ProtobufStep step(FieldDescriptor field) {
        return ProtobufSingle.isMessage(field)
                ? message(field.getMessageType())
                : scalar(ProtobufScalars.of(field, 0, TypeKind.TEXT));
    }

    /** @param kept keeps the value as the only field */
    private ProtobufStep scalar(ProtobufStep kept) {
        return (in, values) -> {
            element.value().reset(in.bytes);
            kept.run(in, element.value());
            element.addJson(values.scratch());
        };
    }

    /** Adds a message from the inside of it. */
    ProtobufStep message(Descriptor type) {
        ProtobufStep known = messages.get(type);
        if (known != null) {
            return known;
        }
        ProtobufWellKnown wellKnown = ProtobufWellKnown.of(type);
        if (wellKnown.isScalar()) {
            return scalar(ProtobufScalars.ofMessage(type, 0, TypeKind.TEXT));
        }
        List<FieldDescriptor> fields = ProtobufTypes.fields(type);
        ProtobufMessage message = new ProtobufMessage(fields);
        ProtobufStep step = switch (wellKnown) {
            case STRUCT, LIST -> message;
            case VALUE -> orNull(message);
            default -> object(message);
        };
        messages.put(type, step);
        Map<FieldDescriptor, ProtobufMember> members = new HashMap<>();
        for (FieldDescriptor field : fields) {
            ProtobufMember whole = whole(field);
            if (wellKnown == ProtobufWellKnown.NONE) {
                members.put(field, named(field, whole));
            } else if (field.getType() != FieldDescriptor.Type.ENUM) {
                members.put(field, whole);
            }
        }
        message.members(members);
        return step;
    }

    private static ProtobufStep object(ProtobufMessage members) {
        return (in, values) -> {
            values.scratch().add('{');
            members.run(in, values);
            values.scratch().add('}');
        };
    }

    /** A value that is neither number nor text nor anything else. */
    private static ProtobufStep orNull(ProtobufMessage choice) {
        return (in, values) -> {
            int before = values.scratch().length();
            choice.run(in, values);
            if (values.scratch().length() == before) {
                values.scratch().addAscii("null");
            }
        };
    }

    /** A field that may be absent is so. */
    private static ProtobufMember named(FieldDescriptor field, ProtobufMember value) {
        byte[] name = ('"' + field.getName() + "\":").getBytes(StandardCharsets.UTF_8);
        boolean always = !field.hasPresence();
        return (in, first, values) -> {
            if (always || first != ProtobufNotes.NONE) {
                values.scratch().separate('{', ',');
                values.scratch().add(name, 0, name.length);
                value.take(in, first, values);
            }
        };
    }

    private ProtobufStep entry(Descriptor type) {
        FieldDescriptor key = type.findFieldByNumber(1);
        FieldDescriptor value = type.findFieldByNumber(2);
        boolean text = key.getType() == FieldDescriptor.Type.STRING;
        ProtobufStep keyText = step(key);
        ProtobufStep name = (in, values) -> {
            in.checkMade(values.scratch());
            values.scratch().separate('{', ',');
            quote(!text, values.scratch());
            keyText.run(in, values);
            quote(!text, values.scratch());
            values.scratch().add(':');
        };
        ProtobufMessage entry = new ProtobufMessage(List.of(key, value));
        entry.members(Map.of(key, ProtobufSingle.orZero(key, name), value, ProtobufSingle.orZero(value, step(value))));
        return (in, values) -> in.within(entry, values);
    }

    private static void quote(boolean quoted, Scratch scratch) throws BadRecordException {
        if (quoted) {
            scratch.add('"');
        }
    }
}
