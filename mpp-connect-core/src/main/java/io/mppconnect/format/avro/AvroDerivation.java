package io.mppconnect.format.avro;

import io.mppconnect.type.ColumnType;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schemas of SQL types: the way back of {@link AvroTypes}. */
final class AvroDerivation {

    private AvroDerivation() {}

    /** A union of null and what a column of this type is. */
    static Schema nullable(ColumnType type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), of(type));
    }

    private static Schema of(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT2, INT4 -> Schema.create(Schema.Type.INT);
            case INT8, OID -> Schema.create(Schema.Type.LONG);
            case FLOAT4 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT8 -> Schema.create(Schema.Type.DOUBLE);
            case BYTEA -> Schema.create(Schema.Type.BYTES);
            case DATE -> logical(Schema.Type.INT, LogicalTypes.date());
            case TIME -> logical(Schema.Type.LONG, LogicalTypes.timeMicros());
            case TIMESTAMPTZ -> logical(Schema.Type.LONG, LogicalTypes.timestampMicros());
            case TIMESTAMP -> logical(Schema.Type.LONG, LogicalTypes.localTimestampMicros());
            case UUID -> logical(Schema.Type.STRING, LogicalTypes.uuid());
            case NUMERIC -> numeric(type);
            case ARRAY ->
                type.element()
                        .map(element -> Schema.createArray(nullable(element)))
                        .orElseGet(() -> Schema.create(Schema.Type.STRING));
            default -> Schema.create(Schema.Type.STRING);
        };
    }

    private static Schema numeric(ColumnType type) {
        boolean decimal = type.precision() > 0 && type.scale() >= 0 && type.scale() <= type.precision();
        return decimal
                ? logical(Schema.Type.BYTES, LogicalTypes.decimal(type.precision(), type.scale()))
                : Schema.create(Schema.Type.STRING);
    }

    private static Schema logical(Schema.Type type, LogicalType logical) {
        return logical.addToSchema(Schema.create(type));
    }
}
