package io.mppconnect.format.field;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field that a record's value at some path goes into.
 *
 * @param required whether a record without it is bad
 */
public record ChosenField(String name, FieldPath path, boolean required) {

    public static List<ChosenField> with(List<ChosenField> fields, ChosenField another) {
        List<ChosenField> more = new ArrayList<>(fields);
        more.add(another);
        return List.copyOf(more);
    }

    /**
     * The fields chosen, or one for each column when none is.
     *
     * @throws MppConnectException when there is none, or two of one name
     */
    public static List<ChosenField> orColumns(String format, List<ChosenField> chosen, List<Column> columns) {
        List<ChosenField> fields = chosen.isEmpty()
                ? columns.stream()
                        .map(column -> new ChosenField(column.name(), FieldPath.ofName(column.name()), false))
                        .toList()
                : chosen;
        check(format, fields.stream().map(ChosenField::name).toList());
        return fields;
    }

    /** Makes sure that there are fields, each of a name of its own. */
    public static void check(String format, List<String> names) {
        if (names.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH, "Cannot read " + format + ": no field is named, and no column either");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH, "Cannot read " + format + ": two fields are named " + name);
            }
        }
    }

    /** The type of the column that the field is named after. */
    public Optional<ColumnType> columnType(List<Column> columns) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .map(Column::type)
                .findFirst();
    }

    /** Makes sure that the record has it, where it must. */
    public void check(FieldValues values, int field) throws BadRecordException {
        if (required && values.isNull(field)) {
            throw new BadRecordException("nothing is at " + path + ", which is required");
        }
    }

    public static List<Field> untyped(List<ChosenField> fields) {
        return fields.stream().map(field -> Field.of(field.name())).toList();
    }
}
