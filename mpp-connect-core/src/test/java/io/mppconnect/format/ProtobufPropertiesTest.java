package io.mppconnect.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random messages of random types, and what Protobuf's own library reads in them. */
class ProtobufPropertiesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> SCALARS = List.of(
            "bool",
            "int32",
            "sint32",
            "uint32",
            "fixed32",
            "sfixed32",
            "int64",
            "sint64",
            "uint64",
            "fixed64",
            "sfixed64",
            "float",
            "double",
            "string",
            "bytes",
            "E");

    private static final List<String> KEYS = List.of("string", "bool", "int32", "sint64", "fixed32", "uint64");

    private final ObjectMapper mapper = new ObjectMapper();

    @Property(tries = 500)
    void messagesAreReadAsTheLibraryReadsThem(@ForAll Random random) throws Exception {
        List<List<String>> types = types(random);
        Descriptor written = descriptor(types);
        types.forEach(fields -> fields.subList(1, fields.size()).removeIf(field -> random.nextInt(6) == 0));
        Descriptor read = descriptor(types);
        // Two messages one after the other are one message, the parts of which are merged.
        byte[] record = message(written, random, 0)
                .toByteString()
                .concat(message(written, random, 0).toByteString())
                .toByteArray();
        Message expected = DynamicMessage.parseFrom(read, record);
        FieldDescriptor last = read.getFields().get(read.getFields().size() - 1);
        ProtobufFormat format = ProtobufFormat.of(read).document("raw").field("last", last.getName());
        for (FieldDescriptor inner : inner(last)) {
            format = format.field(inner.getName(), last.getName() + "." + inner.getName());
        }

        Map<String, String> row = DecodedRow.of(format.open(DecodedRow.texts("last")), record);

        assertThat(mapper.readTree(row.get("raw")))
                .isEqualTo(mapper.readTree(json(expected).toString()));
        assertValue(row.get("last"), expected, last);
        for (FieldDescriptor inner : inner(last)) {
            if (!expected.hasField(last)) {
                assertThat(row.get(inner.getName())).isNull();
            } else if (!inner.isRepeated()) {
                assertValue(row.get(inner.getName()), (Message) expected.getField(last), inner);
            }
        }
    }

    private static List<FieldDescriptor> inner(FieldDescriptor field) {
        boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
        return message ? field.getMessageType().getFields() : List.of();
    }

    private void assertValue(String actual, Message message, FieldDescriptor field) throws Exception {
        if (field.hasPresence() && !message.hasField(field)) {
            assertThat(actual).isNull();
            return;
        }
        JsonNode expected = json(message, field);
        if (expected.isTextual()) {
            assertThat(actual).isEqualTo(expected.textValue());
        } else if (expected.isBoolean()) {
            assertThat(actual).isEqualTo(expected.booleanValue() ? "t" : "f");
        } else {
            assertThat(mapper.readTree(actual)).isEqualTo(mapper.readTree(expected.toString()));
        }
    }

    /** The fields of a few messages, which may have each other as fields. */
    private static List<List<String>> types(Random random) {
        List<List<String>> types = new ArrayList<>();
        for (int type = 0; type < 3; type++) {
            List<String> fields = new ArrayList<>();
            for (int number = 1 + random.nextInt(5); number > 0; number--) {
                fields.add(field(random, type * 100 + number));
            }
            types.add(fields);
        }
        return types;
    }

    private static String field(Random random, int number) {
        String declared = " f" + number + " = " + number * (random.nextInt(4) == 0 ? 1000 : 1) + ";";
        return switch (random.nextInt(6)) {
            case 0 -> "optional " + type(random) + declared;
            case 1 -> "repeated " + type(random) + declared;
            case 2 -> "map<" + KEYS.get(random.nextInt(KEYS.size())) + "," + type(random) + ">" + declared;
            case 3 ->
                "oneof o" + number + " { " + type(random) + declared + " " + type(random) + " g" + number + " = "
                        + (number + 50) + "; }";
            default -> type(random) + declared;
        };
    }

    private static String type(Random random) {
        return random.nextInt(4) == 0 ? "M" + random.nextInt(3) : SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private static Descriptor descriptor(List<List<String>> types) {
        StringBuilder file = new StringBuilder();
        for (int type = 0; type < types.size(); type++) {
            file.append(types.get(type).stream().collect(Collectors.joining(" ", "message M" + type + " { ", " } ")));
        }
        return ProtoFile.message(file + "enum E { ZERO = 0; ONE = 1; MINUS = -1; }");
    }

    private static Message message(Descriptor type, Random random, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean inner = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            int most = inner && depth > 2 ? 0 : field.isRepeated() ? 3 : 1;
            for (int count = random.nextInt(most + 1); count > 0; count--) {
                if (!field.isRepeated()) {
                    message.setField(field, value(field, random, depth));
                } else if (field.isMapField()) {
                    message.addRepeatedField(field, entry(field.getMessageType(), random, depth));
                } else {
                    message.addRepeatedField(field, value(field, random, depth));
                }
            }
        }
        return message.build();
    }

    private static Message entry(Descriptor type, Random random, int depth) {
        FieldDescriptor value = type.findFieldByNumber(2);
        DynamicMessage.Builder entry = DynamicMessage.newBuilder(type)
                .setField(type.findFieldByNumber(1), value(type.findFieldByNumber(1), random, depth));
        return random.nextInt(5) == 0
                ? entry.build()
                : entry.setField(value, value(value, random, depth)).build();
    }

    private static Object value(FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextInt(1000) / 8.0f + 0.0625f;
            case DOUBLE -> random.nextInt(1000) / 8.0 + 0.0625;
            case STRING -> "é\"\\\n\u0001😀x".substring(0, random.nextInt(6));
            case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(4)]);
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(5) - 2);
            case MESSAGE -> message(field.getMessageType(), random, depth + 1);
        };
    }

    private static ObjectNode json(Message message) {
        ObjectNode object = JSON.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (!field.hasPresence() || message.hasField(field)) {
                object.set(field.getName(), json(message, field));
            }
        }
        return object;
    }

    private static JsonNode json(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode entries = JSON.objectNode();
            for (Object element : (List<?>) message.getField(field)) {
                Message entry = (Message) element;
                FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
                FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
                entries.set(json(key, entry.getField(key)).asText(), json(value, entry.getField(value)));
            }
            return entries;
        }
        if (field.isRepeated()) {
            ArrayNode elements = JSON.arrayNode();
            ((List<?>) message.getField(field)).forEach(element -> elements.add(json(field, element)));
            return elements;
        }
        return json(field, message.getField(field));
    }

    private static JsonNode json(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case BOOL -> JSON.booleanNode((Boolean) value);
            case UINT32, FIXED32 -> JSON.numberNode(Integer.toUnsignedLong((Integer) value));
            case UINT64, FIXED64 -> JSON.numberNode(new BigInteger(Long.toUnsignedString((Long) value)));
            case FLOAT, DOUBLE -> number(((Number) value).doubleValue());
            case STRING -> JSON.textNode((String) value);
            case BYTES -> JSON.textNode("\\x" + HexFormat.of().formatHex(((ByteString) value).toByteArray()));
            case ENUM -> symbol((EnumValueDescriptor) value);
            case MESSAGE, GROUP -> json((Message) value);
            default -> JSON.numberNode(((Number) value).longValue());
        };
    }

    private static JsonNode number(double value) {
        return value == (long) value ? JSON.numberNode((long) value) : JSON.numberNode(value);
    }

    private static JsonNode symbol(EnumValueDescriptor value) {
        return value.getIndex() < 0 ? JSON.numberNode(value.getNumber()) : JSON.textNode(value.getName());
    }
}
