package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsArraysAndMapsTest {

    private record Order(
            long id, short lines, String customerName, LocalDate orderDate, BigDecimal total, double rate) {

        private static Order numbered(long id) {
            return new Order(id, (short) 2, "c" + id, LocalDate.EPOCH, BigDecimal.TEN, 0.25);
        }
    }

    private record Failing(int id) {
        @Override
        @SuppressWarnings("UnusedMethod") // Called as the record's accessor.
        public int id() {
            throw new IllegalStateException("mine");
        }
    }

    private static List<String> lines(Source source, String... columns) throws Exception {
        return CapturedRows.lines(source, Columns.all(columns));
    }

    @Test
    void writesRecordsByTheNamesOfTheirComponents() throws Exception {
        Source source = Rows.records(Order.class, List.of(Order.numbered(1), Order.numbered(2)));
        assertThat(lines(
                        source,
                        "total numeric",
                        "id int4",
                        "lines int2",
                        "customerName text",
                        "order_date date",
                        "rate float4"))
                .containsExactly("1\t2\tc1\t1970-01-01\t10\t0.25", "2\t2\tc2\t1970-01-01\t10\t0.25");
    }

    @Test
    void prefersTheNameOfTheComponentOverSnakeCase() throws Exception {
        assertThat(names("orderDate date", "order_date date"))
                .contains("orderDate")
                .doesNotContain("order_date");
        assertThat(names("order_date date")).contains("order_date");
        assertThat(names("id int8")).contains("order_date", "customer_name");
    }

    private static List<String> names(String... columns) throws Exception {
        Source source = Rows.records(Order.class, List.of());
        try (SourceScan scan = source.open(new LoadContext(Columns.all(columns), 2, 1 << 20))) {
            return scan.fields().stream().map(Field::name).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "orderDate,order_date",
        "orderID,order_id",
        "URLPath,url_path",
        "line2Text,line2_text",
        "plain,plain",
        "already_snake,already_snake",
        "mixed_Case,mixed_case",
        "Id,id",
        "aB,a_b"
    })
    void turnsNamesIntoSnakeCase(String name, String snakeCase) {
        assertThat(RecordFields.snakeCase(name)).isEqualTo(snakeCase);
    }

    @Test
    void addsFieldsToThoseOfARecord() throws Exception {
        Source source = Rows.records(Order.class, Stream.of(Order.numbered(1))).texts("origin", order -> "test");
        assertThat(lines(source, "id int8")).containsExactly("1\t2\tc1\t1970-01-01\t10\t0.25\ttest");
    }

    @Test
    void readsRecordsOfIteratorsAndStreams() throws Exception {
        List<Order> orders = List.of(Order.numbered(1), Order.numbered(2));
        assertThat(lines(Rows.records(Order.class, orders.iterator()), "id int8"))
                .hasSize(2);
        assertThat(lines(Rows.records(Order.class, orders.stream()), "id int8")).hasSize(2);
    }

    @Test
    void refusesComponentsThatTheirColumnsCannotTake() {
        assertThatThrownBy(() -> lines(Rows.records(Order.class, List.of()), "order_date int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot write column order_date: it is int4, but the mapping gives LocalDate; give Byte,"
                        + " Short, Integer, Long, BigInteger or text");
    }

    @Test
    void passesOnWhatAccessorsThrow() {
        assertThatThrownBy(() -> lines(Rows.records(Failing.class, List.of(new Failing(1))), "id int4"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
    }

    @Test
    void writesArraysInTheOrderOfTheColumnsOrOfTheirNames() throws Exception {
        List<Object[]> rows = List.of(new Object[] {1, "a"}, new Object[] {2, null});
        assertThat(lines(Rows.arrays(rows), "id int4", "name text")).containsExactly("1\ta", "2\t\\N");
        assertThat(lines(Rows.arrays(List.of("id", "name"), rows), "name text", "other text", "id int4"))
                .containsExactly("1\ta", "2\t\\N");
    }

    @Test
    void refusesArraysOfAnotherLength() {
        List<Object[]> rows = new ArrayList<>(List.of(new Object[] {1, "a"}, new Object[] {2}));
        assertThatThrownBy(() -> lines(Rows.arrays(rows), "id int4", "name text"))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage("Cannot write row 2: it has 1 values for the 2 columns id, name");
    }

    @Test
    void refusesNullArraysAndMaps() {
        assertThatThrownBy(() -> lines(Rows.arrays(Collections.singletonList((Object[]) null)), "id int4"))
                .hasMessage("Cannot write row 1: the element is null");
        assertThatThrownBy(() -> lines(Rows.maps(Collections.singletonList((Map<String, Object>) null)), "id int4"))
                .hasMessage("Cannot write row 1: the element is null");
    }

    @Test
    void writesMapsByTheirKeys() throws Exception {
        Map<String, Object> partial = new LinkedHashMap<>();
        partial.put("name", null);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("id", 1);
        first.put("name", "a");
        List<Map<String, Object>> rows = List.of(first, partial);
        assertThat(lines(Rows.maps(rows), "id int4", "name text")).containsExactly("1\ta", "\\N\t\\N");
        assertThat(lines(Rows.maps(List.of("name", "id"), rows), "id int4", "name text"))
                .containsExactly("a\t1", "\\N\t\\N");
    }

    @Test
    void columnsThatTheFirstMapDoesNotHaveAreNoFields() throws Exception {
        List<Map<String, Object>> rows = List.of(Map.of("id", 1), Map.of("id", 2));
        assertThat(lines(Rows.maps(rows), "name text", "id int4")).containsExactly("1", "2");
    }

    @Test
    void mapsThatCanBeReadOnceAreAllRead() throws Exception {
        Iterator<Map<String, Integer>> once =
                List.of(Map.of("id", 1), Map.of("id", 2)).iterator();
        Iterable<Map<String, Integer>> rows = () -> once;
        assertThat(lines(Rows.maps(rows), "id int4")).containsExactly("1", "2");
    }

    @Test
    void refusesAFirstMapThatNamesNoFields() {
        assertThatThrownBy(() -> lines(Rows.maps(List.of(Map.of(), Map.of("id", 1))), "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot write row 1: its keys do not name the fields; name them with"
                        + " Rows.maps(names, rows)");
        assertThatThrownBy(() -> lines(Rows.maps(List.of(Collections.singletonMap(null, 1))), "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessageContaining("do not name the fields");
    }

    @Test
    void refusesKeysThatAreNoField() {
        List<Map<String, Integer>> rows = List.of(Map.of("id", 1), Map.of("id", 1, "colour", 2));
        assertThatThrownBy(() -> lines(Rows.maps(rows), "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot write row 2: its key colour is no field; name all fields with Rows.maps(names, rows),"
                                + " or take the key out");
    }

    @Test
    void checksTheValuesOfArraysAndMapsOneByOne() {
        assertThatThrownBy(() -> lines(Rows.maps(List.of(Map.of("id", "text"), Map.of("id", true))), "id int4"))
                .hasMessage("Cannot write row 2, column id: it is int4, but the row gives Boolean; give Byte, Short,"
                        + " Integer, Long, BigInteger or text");
    }
}
