package io.mppconnect.type;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Array columns read as lists or arrays, nested as deep as the wished Java type is. */
final class ArrayReading {

    private ArrayReading() {}

    /** Lists of the element's natural type, in as many levels as each value has dimensions. */
    static Reading<?> natural(ColumnType type) {
        ColumnType element = element(type);
        return reading(type, new Leaf(ValueReader.of(element)::parse), List.class);
    }

    /** Empty when the elements cannot be read so. */
    static Optional<Reading<?>> find(ColumnType type, Type wished) {
        if (wished instanceof Class<?> raw && raw.isAssignableFrom(List.class)) {
            return Optional.of(natural(type));
        }
        return members(element(type), wished).map(shape -> reading(type, shape, rawClass(wished)));
    }

    private static <T> Reading<T> reading(ColumnType type, Shape shape, Class<T> javaType) {
        char delimiter = ArrayLiteral.delimiter(type);
        return Reading.of(
                javaType,
                text -> javaType.cast(
                        Objects.requireNonNull(shape.of(ArrayText.parse(text, delimiter, shape.element())))));
    }

    private static Class<?> rawClass(Type wished) {
        return wished instanceof Class<?> known ? known : List.class;
    }

    private static ColumnType element(ColumnType type) {
        return type.element().orElseGet(() -> ColumnType.of(TypeKind.OTHER, "text"));
    }

    private static Optional<Shape> shape(ColumnType element, Type wished) {
        if (wished == Object.class || wished instanceof WildcardType) {
            return Optional.of(new Leaf(ValueReader.of(element)::parse));
        }
        Optional<Shape> single = ValueReader.find(element, wished).map(reading -> new Single(reading.parse()));
        return single.isPresent() ? single : members(element, wished);
    }

    private static Optional<Shape> members(ColumnType element, Type wished) {
        if (wished instanceof Class<?> known && known.isArray()) {
            return shape(element, known.getComponentType())
                    .map(member -> new Arrayed(known.getComponentType(), member));
        }
        if (wished instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && raw.isAssignableFrom(List.class)) {
            return shape(element, parameterized.getActualTypeArguments()[0]).map(Listed::new);
        }
        return Optional.empty();
    }

    /** Turns lists of lists of elements into what is wished. */
    private sealed interface Shape {

        Reading.Parse<?> element();

        @Nullable
        Object of(@Nullable Object tree);
    }

    /** Elements, or lists of them however deep. */
    private record Leaf(Reading.Parse<?> element) implements Shape {
        @Override
        public @Nullable Object of(@Nullable Object tree) {
            return tree;
        }
    }

    /** Elements alone. */
    private record Single(Reading.Parse<?> element) implements Shape {
        @Override
        public @Nullable Object of(@Nullable Object tree) {
            if (tree instanceof List) {
                throw otherDimensions();
            }
            return tree;
        }
    }

    private record Listed(Shape member) implements Shape {
        @Override
        public Reading.Parse<?> element() {
            return member.element();
        }

        @Override
        public Object of(@Nullable Object tree) {
            List<@Nullable Object> members = new ArrayList<>();
            membersOf(tree).forEach(value -> members.add(member.of(value)));
            return Collections.unmodifiableList(members);
        }
    }

    private record Arrayed(Class<?> component, Shape member) implements Shape {
        @Override
        public Reading.Parse<?> element() {
            return member.element();
        }

        @Override
        public Object of(@Nullable Object tree) {
            List<?> members = membersOf(tree);
            Object array = Array.newInstance(component, members.size());
            for (int i = 0; i < members.size(); i++) {
                Object value = member.of(members.get(i));
                if (value == null && component.isPrimitive()) {
                    throw new InvalidValueException("an element is NULL, which " + component + "[] cannot hold");
                }
                Array.set(array, i, value);
            }
            return array;
        }
    }

    private static List<?> membersOf(@Nullable Object tree) {
        if (tree instanceof List<?> members) {
            return members;
        }
        throw otherDimensions();
    }

    private static InvalidValueException otherDimensions() {
        return new InvalidValueException("the array has more or fewer dimensions than the Java type");
    }
}
