package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import io.mppconnect.type.InvalidValueException;
import io.mppconnect.type.ValueReader;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: a component of each column of its name. Columns without a component are left out. */
final class RecordReading<R extends Record> implements RowMapping.Reading<R> {

    private final Class<R> type;
    private final MethodHandle constructor;
    private final List<Component> components;

    private record Component(String column, int position, Class<?> javaType, ValueReader<?> reader) {}

    private RecordReading(Class<R> type, MethodHandle constructor, List<Component> components) {
        this.type = type;
        this.constructor = constructor;
        this.components = components;
    }

    /**
     * Finds each component's column.
     *
     * @throws MppConnectException with every component that has none, or cannot take its column's type
     */
    static <R extends Record> RecordReading<R> of(Class<R> type, List<Column> columns) {
        List<String> problems = new ArrayList<>();
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            int position = position(component, columns, problems);
            if (position >= 0) {
                Column column = columns.get(position);
                Optional<String> objection = ValueReader.objection(column.type(), component.getGenericType());
                objection.ifPresentOrElse(
                        clause -> problems.add("column " + column.name() + ": " + clause),
                        () -> components.add(new Component(
                                column.name(),
                                position,
                                component.getType(),
                                ValueReader.of(column.type(), component.getGenericType()))));
            }
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot read rows as " + type.getSimpleName() + ": " + String.join("; ", problems));
        }
        return new RecordReading<>(type, RecordFields.constructor(type), List.copyOf(components));
    }

    /** The component's column, or -1 and a problem. */
    private static int position(RecordComponent component, List<Column> columns, List<String> problems) {
        for (String name : RecordFields.names(component)) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(name)) {
                    found.add(i);
                }
            }
            if (found.size() > 1) {
                problems.add("there are several columns named " + name + "; name them apart in the query");
                return -1;
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        problems.add("there is no column for " + component.getName() + "; the columns are "
                + String.join(", ", columns.stream().map(Column::name).toList()));
        return -1;
    }

    @Override
    public R read(RowReader row) {
        return construct(component -> component.reader().read(row, component.position()));
    }

    /** @param texts the row's values in text form, null for NULL */
    R parse(List<@Nullable String> texts) {
        return construct(component -> {
            String text = texts.get(component.position());
            return text == null ? null : component.reader().parse(text);
        });
    }

    private interface Values {
        @Nullable
        Object of(Component component);
    }

    private R construct(Values values) {
        @Nullable Object[] arguments = new @Nullable Object[components.size()];
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            Object value;
            try {
                value = values.of(component);
            } catch (InvalidValueException e) {
                throw new MppConnectException(
                        ErrorCode.BAD_DATA, "Cannot read column " + component.column() + ": " + e.reason(), e);
            }
            if (value == null && component.javaType().isPrimitive()) {
                throw new MppConnectException(
                        ErrorCode.BAD_DATA,
                        "Cannot read column " + component.column() + ": it is NULL, which " + component.javaType()
                                + " cannot hold; declare the component as its class");
            }
            arguments[i] = value;
        }
        return type.cast(RecordFields.construct(constructor, arguments));
    }
}
