package io.mppconnect.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayReadingTest {

    private static final ColumnType INTS = ColumnType.arrayOf(Types.of(TypeKind.INT4));
    private static final ColumnType TEXTS = ColumnType.arrayOf(Types.of(TypeKind.TEXT));

    /** Components of every kind of type that an array can be wished as. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares these records.
    private record Wishes(
            List<Long> longs,
            List<List<Short>> nested,
            Collection<?> anything,
            List<long[]> arrays,
            long[] primitives,
            Integer[] boxed,
            int[][] matrix,
            List<String> texts,
            Iterable<Object> objects,
            List<Boolean> booleans,
            List<Long>[] genericArray) {}

    private static Type wish(String component) {
        return Arrays.stream(Wishes.class.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    private static Object parse(ColumnType type, String component, String text) {
        return ValueReader.of(type, wish(component)).parse(text);
    }

    @Test
    void readsListsOfTheNaturalElementType() {
        ValueReader<?> reader = ValueReader.of(INTS);
        assertThat((Object) reader.parse("{1,NULL,3}")).isEqualTo(Arrays.asList(1, null, 3));
        assertThat((Object) reader.parse("{}")).isEqualTo(List.of());
        assertThat((Object) reader.parse("{{1,2},{3,4}}")).isEqualTo(List.of(List.of(1, 2), List.of(3, 4)));
        assertThat((Object) reader.parse("[0:1]={7,8}")).isEqualTo(List.of(7, 8));
        assertThat(ValueReaderTest.read(reader, INTS, "{5}")).isEqualTo(List.of(5));
    }

    @Test
    void listsCannotBeChanged() {
        List<?> list = (List<?>) ValueReader.of(INTS).parse("{1}");
        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsQuotedElements() {
        assertThat((Object) ValueReader.of(TEXTS).parse("{\"a,b\",\"c\\\"d\",NULL,\"NULL\",\"\",\"\\\\\",x y}"))
                .isEqualTo(Arrays.asList("a,b", "c\"d", null, "NULL", "", "\\", "x y"));
        ColumnType boxes = ColumnType.arrayOf(ColumnType.of(TypeKind.OTHER, "box"));
        assertThat((Object) ValueReader.of(boxes).parse("{(1,1),(0,0);(2,2),(1,1)}"))
                .isEqualTo(List.of("(1,1),(0,0)", "(2,2),(1,1)"));
    }

    @Test
    void readsElementsAsTheJavaTypeAsks() {
        assertThat(parse(INTS, "longs", "{1,NULL}")).isEqualTo(Arrays.asList(1L, null));
        assertThat(parse(INTS, "nested", "{{1},{2}}")).isEqualTo(List.of(List.of((short) 1), List.of((short) 2)));
        assertThat(parse(INTS, "anything", "{{1},{2}}")).isEqualTo(List.of(List.of(1), List.of(2)));
        assertThat(parse(INTS, "objects", "{1}")).isEqualTo(List.of(1));
        assertThat(parse(INTS, "primitives", "{1,2}")).isEqualTo(new long[] {1, 2});
        assertThat(parse(INTS, "boxed", "{1,NULL}")).isEqualTo(new Integer[] {1, null});
        assertThat(parse(INTS, "matrix", "{{1,2},{3,4}}")).isEqualTo(new int[][] {{1, 2}, {3, 4}});
        assertThat(parse(INTS, "texts", "{1,2}")).isEqualTo(List.of("1", "2"));
        assertThat((List<?>) parse(INTS, "arrays", "{{1},{2}}"))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(List.of(new long[] {1}, new long[] {2}));
        assertThat(ValueReader.of(INTS, String.class).parse("{1,2}")).isEqualTo("{1,2}");
    }

    @Test
    void refusesOtherDimensionsThanTheJavaTypeHas() {
        String reason = "Invalid value: the array has more or fewer dimensions than the Java type";
        assertThatThrownBy(() -> parse(INTS, "longs", "{{1}}")).hasMessage(reason);
        assertThatThrownBy(() -> parse(INTS, "nested", "{1}")).hasMessage(reason);
        assertThatThrownBy(() -> parse(INTS, "primitives", "{{1}}")).hasMessage(reason);
        assertThatThrownBy(() -> parse(INTS, "matrix", "{1}")).hasMessage(reason);
    }

    @Test
    void refusesNullElementsOfPrimitiveArrays() {
        assertThatThrownBy(() -> parse(INTS, "primitives", "{1,NULL}"))
                .hasMessage("Invalid value: an element is NULL, which long[] cannot hold");
    }

    @Test
    void objectsToElementsThatCannotBeReadSo() {
        assertThat(ValueReader.objection(INTS, wish("booleans")))
                .contains(
                        "it is int4[], but java.util.List<java.lang.Boolean> is wanted; take List, an array or String");
        assertThat(ValueReader.objection(INTS, boolean[].class))
                .contains("it is int4[], but boolean[] is wanted; take List, an array or String");
        assertThat(ValueReader.objection(INTS, wish("genericArray"))).isPresent();
        assertThat(ValueReader.objection(Types.of(TypeKind.INT4), wish("longs")))
                .contains("it is int4, but java.util.List<java.lang.Long> is wanted; take Integer, Short, Long,"
                        + " BigInteger, BigDecimal, Double or String");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2", "{1", "{1,2", "{\"1}", "{1}}", "{1}x", "[0:1]", "{{1},{2}"})
    void refusesWhatIsNoArrayLiteral(String text) {
        assertThatThrownBy(() -> ValueReader.of(TEXTS).parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: the value is no array literal");
    }

    @Test
    void readsWhatArraysAreWrittenAs() throws InterruptedException {
        Random random = new Random(20_240_229);
        String alphabet = "ab,\"\\{}; \n\t'NULL\u00e9";
        for (int i = 0; i < 2_000; i++) {
            String[] values = new String[1 + random.nextInt(5)];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(8) == 0 ? null : random(random, alphabet);
            }
            List<String> list = Arrays.asList(values);
            String literal = ValueWriterTest.written(TEXTS, list);
            assertThat((Object) ValueReader.of(TEXTS).parse(literal)).isEqualTo(list);
        }
    }

    private static String random(Random random, String alphabet) {
        if (random.nextInt(10) == 0) {
            return "NULL";
        }
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
