package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The components of records: the one place that looks into an application's classes. */
final class RecordFields {

    private RecordFields() {}

    /** A component as a field: named as it is, or as in {@code orderDate} and {@code order_date}. */
    static <R extends Record> List<FieldMapping<R>> mappings(Class<R> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> RecordFields.<R>mapping(type, component))
                .toList();
    }

    private static <R> FieldMapping<R> mapping(Class<R> type, RecordComponent component) {
        MethodHandle accessor = accessor(type, component.getAccessor());
        List<String> names = names(component);
        Class<?> javaType = component.getType();
        if (javaType == long.class || javaType == int.class || javaType == short.class || javaType == byte.class) {
            MethodHandle handle = accessor.asType(MethodType.methodType(long.class, Object.class));
            return new FieldMapping<>(
                    names, javaType, column -> (row, element) -> column.writeLong(row, longOf(handle, element)));
        }
        MethodHandle handle = accessor.asType(MethodType.methodType(Object.class, Object.class));
        Function<R, @Nullable Object> extractor = element -> valueOf(handle, element);
        return FieldMapping.of(names, javaType, extractor);
    }

    /** What the column of a component may be called, the better name first. */
    static List<String> names(RecordComponent component) {
        return List.of(component.getName(), snakeCase(component.getName()));
    }

    /** {@code orderDate} as {@code order_date}, {@code orderID} as {@code order_id}, {@code line2} as it is. */
    static String snakeCase(String name) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (Character.isUpperCase(character) && i > 0 && startsWord(name, i)) {
                words.append('_');
            }
            words.append(Character.toLowerCase(character));
        }
        return words.toString();
    }

    private static boolean startsWord(String name, int index) {
        char before = name.charAt(index - 1);
        boolean lowerFollows = index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1));
        return before != '_' && (!Character.isUpperCase(before) || lowerFollows);
    }

    /** The canonical constructor, taking its arguments in one array. */
    static MethodHandle constructor(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            open(type, constructor);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw closed(type, e);
        }
    }

    /** Calls what {@link #constructor} gave; its own exceptions are passed on. */
    static Object construct(MethodHandle constructor, @Nullable Object[] arguments) {
        try {
            return constructor.invokeExact(arguments);
        } catch (Throwable e) {
            throw passedOn(e);
        }
    }

    private static MethodHandle accessor(Class<?> type, Method accessor) {
        try {
            open(type, accessor);
            return MethodHandles.lookup().unreflect(accessor);
        } catch (IllegalAccessException e) {
            throw closed(type, e);
        }
    }

    private static void open(Class<?> type, AccessibleObject member) {
        if (!member.trySetAccessible()) {
            throw closed(type, null);
        }
    }

    private static MppConnectException closed(Class<?> type, @Nullable Throwable cause) {
        return new MppConnectException(
                ErrorCode.INVALID_OPTION,
                "Cannot look into record " + type.getName() + ": its module keeps it closed; open its package to "
                        + "io.mppconnect.core",
                cause);
    }

    private static @Nullable Object valueOf(MethodHandle accessor, Object element) {
        try {
            return accessor.invokeExact(element);
        } catch (Throwable e) {
            throw passedOn(e);
        }
    }

    private static long longOf(MethodHandle accessor, Object element) {
        try {
            return (long) accessor.invokeExact(element);
        } catch (Throwable e) {
            throw passedOn(e);
        }
    }

    /** Accessors and constructors of records throw no checked exceptions. */
    private static RuntimeException passedOn(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException(thrown);
    }
}
