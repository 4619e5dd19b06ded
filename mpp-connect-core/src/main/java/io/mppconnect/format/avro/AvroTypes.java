package io.mppconnect.format.avro;

import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The SQL types that values of Avro schemas have of themselves. */
final class AvroTypes {

    private static final int MOST_DIGITS = 1000;

    private AvroTypes() {}

    static ColumnType of(Schema schema) {
        String logical = AvroLogical.of(schema);
        return logical.isEmpty() ? plain(schema) : logical(logical, schema);
    }

    private static ColumnType plain(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> ColumnType.of(TypeKind.BOOLEAN, "bool");
            case INT -> ColumnType.of(TypeKind.INT4, "int4");
            case LONG -> ColumnType.of(TypeKind.INT8, "int8");
            case FLOAT -> ColumnType.of(TypeKind.FLOAT4, "float4");
            case DOUBLE -> ColumnType.of(TypeKind.FLOAT8, "float8");
            case BYTES, FIXED -> ColumnType.of(TypeKind.BYTEA, "bytea");
            case NULL, STRING, ENUM -> ColumnType.of(TypeKind.TEXT, "text");
            case RECORD, MAP -> ColumnType.of(TypeKind.JSON, "json");
            case ARRAY -> array(of(schema.getElementType()));
            case UNION -> union(schema);
        };
    }

    private static ColumnType array(ColumnType element) {
        if (element.kind() == TypeKind.JSON || element.kind() == TypeKind.ARRAY) {
            return ColumnType.of(TypeKind.JSON, "json");
        }
        return ColumnType.arrayOf(element);
    }

    private static ColumnType union(Schema schema) {
        List<Schema> types = withoutNull(schema);
        return types.size() == 1 ? of(types.get(0)) : ColumnType.of(TypeKind.JSON, "json");
    }

    /** The types of a union that are more than null; of any other schema itself. */
    static List<Schema> withoutNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .toList()
                : List.of(schema);
    }

    private static ColumnType logical(String name, Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && decimal.getPrecision() <= MOST_DIGITS) {
            int precision = decimal.getPrecision();
            int scale = decimal.getScale();
            return new ColumnType(
                    TypeKind.NUMERIC,
                    "numeric(" + precision + "," + scale + ")",
                    Optional.empty(),
                    -1,
                    precision,
                    scale,
                    Optional.empty(),
                    List.of());
        }
        return switch (name) {
            case "decimal", "big-decimal" -> ColumnType.of(TypeKind.NUMERIC, "numeric");
            case "date" -> ColumnType.of(TypeKind.DATE, "date");
            case "time-millis", "time-micros", "time-nanos" -> ColumnType.of(TypeKind.TIME, "time");
            case "timestamp-millis", "timestamp-micros", "timestamp-nanos" ->
                ColumnType.of(TypeKind.TIMESTAMPTZ, "timestamptz");
            case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos" ->
                ColumnType.of(TypeKind.TIMESTAMP, "timestamp");
            case "uuid" -> ColumnType.of(TypeKind.UUID, "uuid");
            case "duration" -> ColumnType.of(TypeKind.INTERVAL, "interval");
            default -> plain(schema);
        };
    }
}
