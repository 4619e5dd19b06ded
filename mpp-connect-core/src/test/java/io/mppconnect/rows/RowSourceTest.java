package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.type.InvalidValueException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowSourceTest {

    private static final UUID ID = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");

    private static List<String> lines(Source source, String... columns) throws Exception {
        return CapturedRows.lines(source, Columns.all(columns));
    }

    private static SourceScan open(Source source, String... columns) throws Exception {
        return source.open(new LoadContext(Columns.all(columns), 2, 1 << 20));
    }

    @Test
    void writesAFieldOfEachKind() throws Exception {
        Source source = Rows.of(List.of("element"))
                .ints("i", element -> 1)
                .longs("l", element -> 2)
                .doubles("d", element -> 0.5)
                .booleans("b", String::isEmpty)
                .texts("t", element -> element)
                .decimals("n", element -> new BigDecimal("1.50"))
                .dates("day", element -> LocalDate.EPOCH)
                .times("time", element -> LocalTime.NOON)
                .timestamps("stamp", element -> LocalDateTime.of(2024, 2, 29, 1, 2, 3))
                .instants("instant", element -> Instant.EPOCH)
                .bytes("bytes", element -> element.getBytes(StandardCharsets.US_ASCII))
                .uuids("uuid", element -> ID)
                .values("boxed", Short.class, element -> (short) 3)
                .values("any", element -> List.of(1, 2));

        assertThat(lines(
                        source,
                        "i int4",
                        "l int8",
                        "d float8",
                        "b boolean",
                        "t text",
                        "n numeric",
                        "day date",
                        "time time",
                        "stamp timestamp",
                        "instant timestamptz",
                        "bytes bytea",
                        "uuid uuid",
                        "boxed int2",
                        "any int4[]"))
                .containsExactly("1\t2\t0.5\tf\telement\t1.50\t1970-01-01\t12:00:00\t2024-02-29 01:02:03"
                        + "\t1970-01-01 00:00:00+00\t\\\\x656c656d656e74\t" + ID + "\t3\t{1,2}");
    }

    @Test
    void writesNullForFunctionsThatGiveNull() throws Exception {
        Source source = Rows.of(List.of(1))
                .texts("t", element -> null)
                .decimals("n", element -> null)
                .bytes("b", element -> null)
                .values("x", element -> null);

        assertThat(lines(source, "t text", "n numeric", "b bytea", "x json")).containsExactly("\\N\t\\N\t\\N\t\\N");
    }

    @Test
    void declaresTheTypesOfColumnsAndOtherwiseNaturalOnes() throws Exception {
        Source source = Rows.of(List.of(1))
                .longs("qty", Integer::longValue)
                .longs("price", Integer::longValue)
                .texts("note", Object::toString)
                .values("any", element -> element);

        try (SourceScan scan = open(source, "qty int4")) {
            assertThat(scan.fields())
                    .extracting(
                            Field::name,
                            field -> field.type().map(Object::toString).orElse("none"))
                    .containsExactly(
                            tuple("qty", "int4"), tuple("price", "int8"), tuple("note", "none"), tuple("any", "none"));
        }
    }

    @Test
    void writesFieldsWithoutAColumnInTheirOwnTextForm() throws Exception {
        Source source =
                Rows.of(List.of(1)).values("any", element -> Instant.EPOCH).longs("n", element -> 7);
        assertThat(lines(source, "id int4")).containsExactly("1970-01-01 00:00:00+00\t7");
    }

    @Test
    void everyMethodReturnsAChangedCopy() throws Exception {
        RowSource<Integer> ids = Rows.of(List.of(1, 2)).ints("id", element -> element);
        RowSource<Integer> both = ids.texts("name", element -> "n" + element);

        assertThat(lines(ids, "id int4")).containsExactly("1", "2");
        assertThat(lines(both, "id int4", "name text")).containsExactly("1\tn1", "2\tn2");
    }

    @Test
    void refusesMappingsThatColumnsCannotTakeBeforeAnyRow() {
        Source source = Rows.of(List.of(1))
                .booleans("shipped", element -> true)
                .texts("fine", Object::toString)
                .doubles("qty", element -> 0.5);

        assertThatThrownBy(() -> open(source, "shipped date", "fine int4", "qty int4"))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot write column shipped: it is date, but the mapping gives boolean; give LocalDate,"
                        + " java.sql.Date or text; cannot write column qty: it is int4, but the mapping gives double;"
                        + " give Byte, Short, Integer, Long, BigInteger or text");
    }

    @Test
    void refusesToReadWithoutAnyField() {
        assertThatThrownBy(() -> open(Rows.of(List.of(1)), "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot write rows: no field is mapped; name the fields with longs, texts and the like");
    }

    @Test
    void namesTheRowAndColumnOfAValueThatDoesNotFit() {
        Source source = Rows.of(List.of(1L, 3_000_000_000L)).longs("qty", element -> element);

        assertThatThrownBy(() -> lines(source, "qty int4"))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasCauseInstanceOf(InvalidValueException.class)
                .hasMessage("Cannot write row 2, column qty: the value does not fit int4 (-2147483648 to 2147483647)");
    }

    @Test
    void refusesNullElements() {
        Source source = Rows.of(Arrays.asList(1, 2, null)).ints("id", element -> element);
        assertThatThrownBy(() -> lines(source, "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot write row 3: the element is null");
    }

    @Test
    void passesOnWhatFunctionsAndIteratorsThrow() {
        IllegalStateException thrown = new IllegalStateException("mine");
        Source fails = Rows.of(List.of(1)).ints("id", element -> {
            throw thrown;
        });
        Iterable<Integer> broken = () -> {
            throw thrown;
        };

        assertThatThrownBy(() -> lines(fails, "id int4")).isSameAs(thrown);
        assertThatThrownBy(() -> lines(Rows.of(broken).ints("id", element -> element), "id int4"))
                .isSameAs(thrown);
    }

    @Test
    void readsCollectionsTimeAndAgain() throws Exception {
        List<Integer> elements = new ArrayList<>(List.of(1));
        Source source = Rows.of(elements).ints("id", element -> element);

        assertThat(lines(source, "id int4")).containsExactly("1");
        elements.add(2);
        assertThat(lines(source, "id int4")).containsExactly("1", "2");
    }

    @Test
    void readsIteratorsOnce() throws Exception {
        Source source = Rows.of(List.of(1, 2).iterator()).ints("id", element -> element);

        assertThat(lines(source, "id int4")).containsExactly("1", "2");
        assertThatThrownBy(() -> lines(source, "id int4"))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot read rows twice: the iterator was taken by an earlier run; give a collection, or a"
                        + " new iterator for each run");
    }

    @Test
    void readsStreamsOnceAndClosesThem() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<Integer> stream = Stream.of(1, 2).onClose(() -> closed.set(true));
        Source source = Rows.of(stream).ints("id", element -> element);

        assertThat(lines(source, "id int4")).containsExactly("1", "2");
        assertThat(closed).isTrue();
        assertThatThrownBy(() -> lines(source, "id int4"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read rows twice: the stream was taken by an earlier run; give a collection, or a"
                        + " new stream for each run");
    }

    @Test
    void keepsAnIteratorForTheNextRunWhenThePlanFails() throws Exception {
        Source source = Rows.of(List.of(1).iterator()).booleans("flag", element -> true);
        assertThatThrownBy(() -> open(source, "flag date")).isInstanceOf(MppConnectException.class);
        assertThat(lines(source, "flag boolean")).containsExactly("t");
    }

    @Test
    void handlesElementsThatAreThemselvesColumns() throws Exception {
        List<Column> columns = Columns.all("name text", "kind text");
        Source source = Rows.of(columns)
                .texts("name", Column::name)
                .values("kind", column -> column.type().kind());
        assertThat(lines(source, "name text", "kind text")).containsExactly("name\tTEXT", "kind\tTEXT");
    }
}
