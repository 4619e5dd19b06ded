package io.mppconnect.type;

import static io.mppconnect.type.ValueWriterTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayLiteralTest {

    private static final ColumnType INT4 = Types.of(TypeKind.INT4);
    private static final ColumnType TEXT = Types.of(TypeKind.TEXT);

    private static Stream<Arguments> arrays() {
        return Stream.of(
                Arguments.of(INT4, Arrays.asList(1, null, 3), "{1,NULL,3}"),
                Arguments.of(INT4, new int[] {1, 2}, "{1,2}"),
                Arguments.of(INT4, new short[] {1, 2}, "{1,2}"),
                Arguments.of(INT4, new long[] {}, "{}"),
                Arguments.of(INT4, new Integer[] {7, null}, "{7,NULL}"),
                Arguments.of(INT4, List.of(List.of(1, 2), List.of(3, 4)), "{{1,2},{3,4}}"),
                Arguments.of(INT4, new int[][] {{1, 2}, {3, 4}}, "{{1,2},{3,4}}"),
                Arguments.of(INT4, List.of(new int[] {1}, new int[] {2}), "{{1},{2}}"),
                Arguments.of(INT4, List.of(List.of(), List.of()), "{}"),
                Arguments.of(INT4, new LinkedHashSet<>(List.of(5, 6)), "{5,6}"),
                Arguments.of(INT4, List.of("8", 9), "{8,9}"),
                Arguments.of(Types.of(TypeKind.FLOAT8), new double[] {0.5, Double.NaN}, "{0.5,NaN}"),
                Arguments.of(Types.of(TypeKind.FLOAT4), new float[] {0.5f}, "{0.5}"),
                Arguments.of(Types.of(TypeKind.BOOLEAN), new boolean[] {true, false}, "{t,f}"),
                Arguments.of(Types.of(TypeKind.NUMERIC), List.of(new BigDecimal("1.50")), "{1.50}"),
                Arguments.of(Types.of(TypeKind.DATE), List.of(LocalDate.of(-43, 3, 15)), "{\"0044-03-15 BC\"}"),
                Arguments.of(Types.of(TypeKind.TIMESTAMPTZ), List.of(Instant.EPOCH), "{\"1970-01-01 00:00:00+00\"}"),
                Arguments.of(Types.of(TypeKind.BYTEA), List.of(new byte[] {1, -1}), "{\"\\\\x01ff\"}"),
                Arguments.of(
                        TEXT,
                        Arrays.asList("a,b", "c\"d", null, "NULL", "null", "", " ", "{}", "\\", "plain", "\n"),
                        "{\"a,b\",\"c\\\"d\",NULL,\"NULL\",\"null\",\"\",\" \",\"{}\",\"\\\\\",plain,\"\n\"}"),
                Arguments.of(TEXT, new char[][] {{'a', 'b'}, {'c'}}, "{ab,c}"),
                Arguments.of(TEXT, List.of("日本"), "{\"日本\"}"),
                Arguments.of(ColumnType.of(TypeKind.OTHER, "box"), List.of("(1,1),(0,0)", "x"), "{\"(1,1),(0,0)\";x}"),
                Arguments.of(
                        Types.of(TypeKind.COMPOSITE),
                        List.of(new Object[] {1, "a"}, new Object[] {2, null}),
                        "{\"(1,a)\",\"(2,)\"}"));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void writesArraysAndCollections(ColumnType element, Object value, String literal) throws InterruptedException {
        assertThat(written(ColumnType.arrayOf(element), value)).isEqualTo(literal);
    }

    @Test
    void refusesNestedArraysThatAreNoRectangle() {
        String uneven = "Invalid value: the nested arrays are not all of one length and depth";
        for (Object value : List.of(
                List.of(List.of(1), List.of(1, 2)),
                Arrays.asList(List.of(1), null),
                Arrays.asList(null, List.of(1)),
                List.of(1, List.of(1)),
                List.of(List.of(List.of(1)), List.of(1)))) {
            assertThatThrownBy(() -> written(ColumnType.arrayOf(INT4), value)).hasMessage(uneven);
        }
    }

    @Test
    void refusesMoreLevelsThanTheDatabaseHas() throws InterruptedException {
        Object six = List.of(List.of(List.of(List.of(List.of(List.of(1))))));
        assertThat(written(ColumnType.arrayOf(INT4), six)).isEqualTo("{{{{{{1}}}}}}");
        assertThatThrownBy(() -> written(ColumnType.arrayOf(INT4), List.of(six)))
                .hasMessage("Invalid value: the array is nested deeper than 6 levels");
    }

    @Test
    void checksElementsAsAColumnOfTheirTypeWould() {
        assertThatThrownBy(() -> written(ColumnType.arrayOf(INT4), List.of(1L << 31)))
                .hasMessage("Invalid value: the value does not fit int4 (-2147483648 to 2147483647)");
        assertThatThrownBy(() -> written(ColumnType.arrayOf(INT4), List.of(true)))
                .hasMessage("Invalid value: it is int4, but the row gives Boolean; give Byte, Short, Integer, Long,"
                        + " BigInteger or text");
    }

    @Test
    void writesRowsOfSimpleValues() throws InterruptedException {
        ColumnType composite = Types.of(TypeKind.COMPOSITE);
        assertThat(written(composite, new Object[] {1, null, "", "a b", "say \"hi\"", "\\", "(x)", true}))
                .isEqualTo("(1,,\"\",\"a b\",\"say \"\"hi\"\"\",\"\\\\\",\"(x)\",t)");
        assertThatThrownBy(() -> written(composite, new Object[] {List.of(1)}))
                .hasMessage("Invalid value: rows and arrays within a row are not converted; give the row's text form");
    }
}
