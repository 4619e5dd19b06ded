package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;

/** Random records of random schemas, written by Avro's own library, and what their JSON says. */
class AvroPropertiesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectMapper mapper = new ObjectMapper();
    private int records;

    @Property(tries = 300)
    void recordsAreReadAsTheyWereWritten(@ForAll Random random) throws Exception {
        Schema schema = recordOf(random, 0);
        GenericRecord record = (GenericRecord) value(schema, random);
        String last = "f" + (schema.getFields().size() - 1);
        RecordDecoder decoder =
                avro(schema.toString()).field("last", last).document("raw").open(texts("last"));

        Map<String, String> row = DecodedRow.of(decoder, encoded(schema, record));

        JsonNode expected = json(schema, record);
        assertThat(mapper.readTree(row.get("raw"))).isEqualTo(mapper.readTree(expected.toString()));
        JsonNode field = expected.get(last);
        if (field.isNull()) {
            assertThat(row.get("last")).isNull();
        } else if (field.isTextual()) {
            assertThat(row.get("last")).isEqualTo(field.textValue());
        } else if (!field.isBoolean()) {
            assertThat(mapper.readTree(row.get("last"))).isEqualTo(mapper.readTree(field.toString()));
        }
    }

    private Schema recordOf(Random random, int depth) {
        int fields = 1 + random.nextInt(6);
        SchemaBuilder.FieldAssembler<Schema> record =
                SchemaBuilder.record("r" + records++).fields();
        for (int i = 0; i < fields; i++) {
            record = record.name("f" + i).type(type(random, depth + 1)).noDefault();
        }
        return record.endRecord();
    }

    private Schema type(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 10)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3 -> Schema.create(Schema.Type.DOUBLE);
            case 4 -> Schema.create(Schema.Type.STRING);
            case 5 -> Schema.createEnum("e" + records++, null, null, List.of("A", "B", "C"));
            case 6 -> Schema.createArray(type(random, depth + 1));
            case 7 -> Schema.createMap(type(random, depth + 1));
            case 8 -> union(type(random, depth + 1));
            default -> recordOf(random, depth);
        };
    }

    private static Schema union(Schema type) {
        return type.isUnion() ? type : Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private static Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> random.nextInt(1000) / 8.0 + 0.0625;
            case STRING -> "é\"\\\n\u0001😀x".substring(0, random.nextInt(6));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case ARRAY -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(schema.getElementType(), random));
                }
                yield values;
            }
            case MAP -> {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.put("k\"" + i, value(schema.getValueType(), random));
                }
                yield values;
            }
            case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), random);
            default -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.name(), value(field.schema(), random)));
                yield record;
            }
        };
    }

    private static JsonNode json(Schema schema, Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (schema.getType()) {
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT -> JSON.numberNode((Integer) value);
            case LONG -> JSON.numberNode((Long) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case ENUM -> JSON.textNode(((GenericEnumSymbol<?>) value).toString());
            case ARRAY -> {
                ArrayNode array = JSON.arrayNode();
                ((List<?>) value).forEach(element -> array.add(json(schema.getElementType(), element)));
                yield array;
            }
            case MAP -> {
                ObjectNode object = JSON.objectNode();
                ((Map<?, ?>) value)
                        .forEach((key, entry) -> object.set((String) key, json(schema.getValueType(), entry)));
                yield object;
            }
            case UNION -> json(schema.getTypes().get(1), value);
            case RECORD -> {
                ObjectNode object = JSON.objectNode();
                schema.getFields()
                        .forEach(field -> object.set(
                                field.name(), json(field.schema(), ((GenericRecord) value).get(field.pos()))));
                yield object;
            }
            default -> JSON.textNode((String) value);
        };
    }
}
