package io.mppconnect.format.avro;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.field.PathTree;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields that are taken out of Avro records.
 *
 * @param announced as the load knows them
 * @param types what the database reads each of them as
 * @param growing the record whose fields are news when they are not among these; absent when none are
 * @param reader what all records are read as; absent to read each as it was written
 */
record AvroFields(
        List<ChosenField> chosen,
        List<Field> announced,
        List<ColumnType> types,
        @Nullable FieldPath growing,
        @Nullable Schema reader) {

    private static final FieldPath WHOLE = new FieldPath(List.of());
    private static final ColumnType TEXT = ColumnType.of(TypeKind.TEXT, "text");

    /** The fields that were chosen, of the types of their columns, or else what the schema tells. */
    static AvroFields chosen(
            List<ChosenField> chosen, List<Column> columns, @Nullable FieldPath growing, @Nullable Schema reader) {
        List<Field> announced = new ArrayList<>();
        for (ChosenField field : chosen) {
            Optional<ColumnType> natural = field.columnType(columns).isPresent() || reader == null
                    ? Optional.empty()
                    : schemaAt(reader, field.path()).map(AvroTypes::of);
            announced.add(new Field(field.name(), natural));
        }
        return of(chosen, announced, columns, growing, reader);
    }

    /**
     * All fields of a schema of records.
     *
     * @throws MppConnectException when it is of something else
     */
    static AvroFields all(Schema schema, List<Column> columns, boolean growing, @Nullable Schema reader) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read Avro: the schema is of no record; name a field of the whole value with document");
        }
        return known(fieldsOf(schema, columns), columns, growing, reader);
    }

    /** Fields of these names. */
    static AvroFields known(List<Field> fields, List<Column> columns, boolean growing, @Nullable Schema reader) {
        List<ChosenField> chosen = fields.stream()
                .map(field -> new ChosenField(field.name(), FieldPath.ofName(field.name()), false))
                .toList();
        return of(chosen, fields, columns, growing ? WHOLE : null, reader);
    }

    private static AvroFields of(
            List<ChosenField> chosen,
            List<Field> announced,
            List<Column> columns,
            @Nullable FieldPath growing,
            @Nullable Schema reader) {
        ChosenField.check("Avro", chosen.stream().map(ChosenField::name).toList());
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            types.add(
                    chosen.get(i).columnType(columns).or(announced.get(i)::type).orElse(TEXT));
        }
        return new AvroFields(chosen, List.copyOf(announced), List.copyOf(types), growing, reader);
    }

    private static List<Field> fieldsOf(Schema schema, List<Column> columns) {
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            boolean column = columns.stream().anyMatch(known -> known.name().equals(field.name()));
            fields.add(column ? Field.of(field.name()) : Field.of(field.name(), AvroTypes.of(field.schema())));
        }
        return fields;
    }

    private static Optional<Schema> schemaAt(Schema root, FieldPath path) {
        Schema at = root;
        for (Object step : path.steps()) {
            List<Schema> types = AvroTypes.withoutNull(at);
            Schema only = types.size() == 1 ? types.get(0) : Schema.create(Schema.Type.NULL);
            Schema.Field field = only.getType() == Schema.Type.RECORD ? only.getField(step.toString()) : null;
            if (field != null) {
                at = field.schema();
            } else if (only.getType() == Schema.Type.MAP) {
                at = only.getValueType();
            } else if (only.getType() == Schema.Type.ARRAY && step instanceof Integer) {
                at = only.getElementType();
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    /** How records of a writer's schema are read. */
    AvroStep plan(Schema writer) {
        PathTree tree = PathTree.of(chosen.stream().map(ChosenField::path).toList());
        return AvroPlan.of(writer, reader == null ? writer : reader, tree, types);
    }

    /** The fields of a writer's schema that are news. */
    List<Field> unknown(Schema writer) {
        if (growing == null) {
            return List.of();
        }
        List<Schema> types =
                schemaAt(writer, growing).map(AvroTypes::withoutNull).orElse(List.of());
        if (types.size() != 1 || types.get(0).getType() != Schema.Type.RECORD) {
            return List.of();
        }
        return fieldsOf(types.get(0), List.of()).stream()
                .filter(field -> chosen.stream().noneMatch(known -> known.path().equals(growing.member(field.name()))))
                .toList();
    }

    void checkRequired(FieldValues values) throws BadRecordException {
        for (int field = 0; field < chosen.size(); field++) {
            chosen.get(field).check(values, field);
        }
    }
}
