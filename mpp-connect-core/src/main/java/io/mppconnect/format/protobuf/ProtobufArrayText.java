package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.value.ElementText;
import io.mppconnect.type.TypeKind;

/** Makes what adds repeated fields to the scratch as array literals; messages in them become JSON. */
final class ProtobufArrayText {

    private final ProtobufJsonText json;
    private final char delimiter;
    private final TypeKind kind;
    private final ElementText element = new ElementText();

    /** @param kind of the array's elements */
    ProtobufArrayText(ProtobufJsonText json, char delimiter, TypeKind kind) {
        this.json = json;
        this.delimiter = delimiter;
        this.kind = kind;
    }

    /** @param field one that is repeated, but no map */
    ProtobufMember of(FieldDescriptor field) {
        ProtobufStep value = value(field);
        ProtobufStep next = (in, values) -> {
            in.checkMade(values.scratch());
            values.scratch().separate('{', delimiter);
            value.run(in, values);
        };
        return (in, first, values) -> {
            values.scratch().add('{');
            in.each(first, next, values);
            values.scratch().add('}');
        };
    }

    private ProtobufStep value(FieldDescriptor field) {
        if ((kind == TypeKind.JSON || kind == TypeKind.JSONB) && !isText(field)) {
            return quoted(json.value(field));
        }
        if (!ProtobufSingle.isMessage(field)) {
            return scalar(ProtobufScalars.of(field, 0, kind));
        }
        if (ProtobufWellKnown.of(field.getMessageType()).isScalar()) {
            ProtobufStep inside = scalar(ProtobufScalars.ofMessage(field.getMessageType(), 0, kind));
            return (in, values) -> in.within(inside, values);
        }
        return quoted(json.value(field));
    }

    /** Whether it is a text, which is JSON itself where that is asked for. */
    private static boolean isText(FieldDescriptor field) {
        boolean wrapper = ProtobufSingle.isMessage(field)
                && ProtobufWellKnown.of(field.getMessageType()) == ProtobufWellKnown.WRAPPER;
        FieldDescriptor value = wrapper ? field.getMessageType().getFields().get(0) : field;
        return value.getType() == FieldDescriptor.Type.STRING;
    }

    private ProtobufStep scalar(ProtobufStep kept) {
        return (in, values) -> {
            element.value().reset(in.bytes);
            kept.run(in, element.value());
            element.addElement(values.scratch());
        };
    }

    private ProtobufStep quoted(ProtobufStep text) {
        return (in, values) -> {
            int start = values.scratch().length();
            text.run(in, values);
            element.quote(start, values.scratch());
        };
    }
}
