package io.mppconnect.format;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** Reads as much of {@code .proto} files as tests need, all in the package {@code shop}; good ones only. */
final class ProtoFile {

    private static final FileDescriptor[] IMPORTS = {
        TimestampProto.getDescriptor(),
        DurationProto.getDescriptor(),
        WrappersProto.getDescriptor(),
        StructProto.getDescriptor()
    };

    private final boolean third;
    private final Deque<String> words;

    private ProtoFile(String syntax, String text) {
        third = syntax.equals("proto3");
        words = new ArrayDeque<>(
                Arrays.asList(text.replaceAll("([{}=;<>,])", " $1 ").trim().split("\\s+")));
    }

    /** The file as {@code protoc} describes it. */
    static FileDescriptorProto parse(String syntax, String text) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("shop.proto")
                .setPackage("shop")
                .setSyntax(syntax);
        for (FileDescriptor imported : IMPORTS) {
            file.addDependency(imported.getName());
        }
        ProtoFile parser = new ProtoFile(syntax, text);
        while (!parser.words.isEmpty()) {
            if (parser.next("enum")) {
                file.addEnumType(parser.enumeration());
            } else {
                parser.expect("message");
                file.addMessageType(parser.message());
            }
        }
        return file.build();
    }

    /** The first message of a proto3 file. */
    static Descriptor message(String text) {
        return message("proto3", text);
    }

    static Descriptor message(String syntax, String text) {
        try {
            return FileDescriptor.buildFrom(parse(syntax, text), IMPORTS)
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A message, in Protobuf's text format, as its own library encodes it. */
    static byte[] encoded(Descriptor message, String text) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
        try {
            TextFormat.merge(text, builder);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
        return builder.build().toByteArray();
    }

    private boolean next(String word) {
        boolean next = word.equals(words.peek());
        if (next) {
            words.remove();
        }
        return next;
    }

    private void expect(String word) {
        if (!next(word)) {
            throw new IllegalArgumentException(word + " expected, not " + words.peek());
        }
    }

    private DescriptorProto message() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(words.remove());
        expect("{");
        while (!next("}")) {
            if (next("message")) {
                message.addNestedType(message());
            } else if (next("enum")) {
                message.addEnumType(enumeration());
            } else if (next("oneof")) {
                oneof(message);
            } else if (next("map")) {
                map(message);
            } else {
                message.addField(field());
            }
        }
        // The oneofs of single fields come after all others.
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
        return message.build();
    }

    private EnumDescriptorProto enumeration() {
        EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(words.remove());
        expect("{");
        while (!next("}")) {
            String name = words.remove();
            expect("=");
            type.addValue(EnumValueDescriptorProto.newBuilder().setName(name).setNumber(number()));
        }
        return type.build();
    }

    private int number() {
        int number = Integer.parseInt(words.remove());
        expect(";");
        return number;
    }

    private void oneof(DescriptorProto.Builder message) {
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(words.remove()));
        expect("{");
        while (!next("}")) {
            message.addField(field().setOneofIndex(message.getOneofDeclCount() - 1));
        }
    }

    private FieldDescriptorProto.Builder field() {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setLabel(Label.LABEL_OPTIONAL);
        if (next("repeated")) {
            field.setLabel(Label.LABEL_REPEATED);
        } else if (next("required")) {
            field.setLabel(Label.LABEL_REQUIRED);
        } else if (next("optional") && third) {
            field.setProto3Optional(true);
        }
        return named(typed(field));
    }

    private FieldDescriptorProto.Builder typed(FieldDescriptorProto.Builder field) {
        String type = words.remove();
        Optional<FieldDescriptorProto.Type> scalar = EnumSet.allOf(FieldDescriptorProto.Type.class).stream()
                .filter(known -> known.name().equals("TYPE_" + type.toUpperCase(Locale.ROOT)))
                .findFirst();
        return scalar.isPresent() ? field.setType(scalar.get()) : field.setTypeName(type);
    }

    private FieldDescriptorProto.Builder named(FieldDescriptorProto.Builder field) {
        field.setName(words.remove());
        expect("=");
        return field.setNumber(number());
    }

    private void map(DescriptorProto.Builder message) {
        DescriptorProto.Builder entry = DescriptorProto.newBuilder()
                .setOptions(MessageOptions.newBuilder().setMapEntry(true));
        FieldDescriptorProto.Builder part = FieldDescriptorProto.newBuilder().setLabel(Label.LABEL_OPTIONAL);
        expect("<");
        entry.addField(typed(part.clone().setName("key").setNumber(1)));
        expect(",");
        entry.addField(typed(part.setName("value").setNumber(2)));
        expect(">");
        FieldDescriptorProto.Builder field =
                named(FieldDescriptorProto.newBuilder().setLabel(Label.LABEL_REPEATED));
        entry.setName(field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getName().substring(1) + "Entry");
        message.addNestedType(entry);
        message.addField(field.setTypeName(entry.getName()));
    }
}
