package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import io.mppconnect.type.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows whose fields are mapped one by one, checked against the target's columns. */
final class MappedPlan<T> implements RowPlan<T> {

    private final List<Planned<T>> planned;

    private MappedPlan(List<Planned<T>> planned) {
        this.planned = planned;
    }

    /**
     * A field and what it is written as.
     *
     * @param type the SQL type to declare; empty for text, whose type is whatever the column makes of it
     */
    private record Planned<T>(String name, Optional<ColumnType> type, FieldMapping<T> mapping) {

        RowFields.Bound<T> bind() {
            ValueWriter writer = type.map(ValueWriter::of).orElseGet(ValueWriter::untyped);
            return new RowFields.Bound<>(name, mapping.binding().bind(writer));
        }
    }

    /**
     * Plans the fields.
     *
     * @throws MppConnectException when a column cannot take what its mapping gives
     */
    static <T> MappedPlan<T> of(List<FieldMapping<T>> mappings, List<Column> columns) {
        if (mappings.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot write rows: no field is mapped; name the fields with longs, texts and the like");
        }
        List<String> problems = new ArrayList<>();
        List<Planned<T>> planned = new ArrayList<>();
        for (FieldMapping<T> mapping : mappings) {
            String name = mapping.name(columns);
            Optional<Column> column = mapping.column(columns);
            column.flatMap(known -> ValueWriter.objection(known.type(), mapping.javaType()))
                    .ifPresent(objection -> problems.add("annot write column " + name + ": " + objection));
            planned.add(new Planned<>(name, column.map(Column::type).or(() -> natural(mapping.javaType())), mapping));
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(ErrorCode.COLUMN_MISMATCH, "C" + String.join("; c", problems));
        }
        return new MappedPlan<>(List.copyOf(planned));
    }

    private static Optional<ColumnType> natural(Class<?> javaType) {
        return Optional.of(ValueWriter.naturalType(javaType)).filter(type -> type.kind() != TypeKind.TEXT);
    }

    @Override
    public List<Field> fields() {
        return planned.stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList();
    }

    @Override
    public ElementWriter<T> bind() {
        return new RowFields<>(planned.stream().map(Planned::bind).toList());
    }
}
