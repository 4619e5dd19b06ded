package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {

    private record Order(long id, String customerName, LocalDate day) {}

    private record Primitive(int nothing) {}

    private record Mismatch(boolean id, int missing) {}

    private static final List<Column> COLUMNS = Columns.all(
            "id int8",
            "customer_name text",
            "day date",
            "total numeric",
            "rate float8",
            "paid boolean",
            "nothing int4");

    private static final Row ROW = row(COLUMNS, "17\tAda\\tL.\t2024-02-29\t12.50\t0.25\tt\t\\N");

    private static Row row(List<Column> columns, String line) {
        List<Row> rows = new ArrayList<>();
        byte[] wire = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (TargetWrite write = Rows.into(rows::add).open(new UnloadContext(columns, 1, 1024));
                SegmentWriter writer = write.open(0)) {
            writer.write(wire, 0, wire.length);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void givesValuesByNameAndByPosition() {
        assertThat(ROW.longAt("id")).isEqualTo(17);
        assertThat(ROW.longAt(0)).isEqualTo(17);
        assertThat(ROW.intAt("id")).isEqualTo(17);
        assertThat(ROW.intAt(0)).isEqualTo(17);
        assertThat(ROW.textAt("customer_name")).isEqualTo("Ada\tL.");
        assertThat(ROW.textAt(2)).isEqualTo("2024-02-29");
        assertThat(ROW.decimalAt("total")).isEqualTo(new BigDecimal("12.50"));
        assertThat(ROW.decimalAt(3)).isEqualTo(new BigDecimal("12.50"));
        assertThat(ROW.doubleAt("rate")).isEqualTo(0.25);
        assertThat(ROW.doubleAt(4)).isEqualTo(0.25);
        assertThat(ROW.booleanAt("paid")).isTrue();
        assertThat(ROW.booleanAt(5)).isTrue();
        assertThat(ROW.valueAt("day")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(ROW.valueAt(2, java.sql.Date.class)).isEqualTo(java.sql.Date.valueOf("2024-02-29"));
        assertThat(ROW.valueAt("id", Integer.class)).isEqualTo(17);
        assertThat(ROW.valueAt("id", long.class)).isEqualTo(17L);
        assertThat(ROW.columns()).isEqualTo(COLUMNS);
    }

    @Test
    void givesNullForNull() {
        assertThat(ROW.isNull("nothing")).isTrue();
        assertThat(ROW.isNull(6)).isTrue();
        assertThat(ROW.isNull("id")).isFalse();
        assertThat(ROW.textAt("nothing")).isNull();
        assertThat(ROW.valueAt("nothing")).isNull();
        assertThat(ROW.valueAt("nothing", Long.class)).isNull();
        assertThatThrownBy(() -> ROW.intAt("nothing"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read column nothing: it is NULL; ask isNull first");
    }

    @Test
    void becomesAMapInTheOrderOfTheColumns() {
        Map<String, Object> map = ROW.asMap();
        assertThat(map)
                .containsExactly(
                        entry("id", 17L),
                        entry("customer_name", "Ada\tL."),
                        entry("day", LocalDate.of(2024, 2, 29)),
                        entry("total", new BigDecimal("12.50")),
                        entry("rate", 0.25),
                        entry("paid", true),
                        entry("nothing", null));
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void becomesARecord() {
        assertThat(ROW.to(Order.class)).isEqualTo(new Order(17, "Ada\tL.", LocalDate.of(2024, 2, 29)));
        assertThatThrownBy(() -> ROW.to(Primitive.class))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage(
                        "Cannot read column nothing: it is NULL, which int cannot hold; declare the component as its"
                                + " class");
        assertThatThrownBy(() -> ROW.to(Mismatch.class))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot read rows as Mismatch: column id: it is int8, but boolean is wanted; take Long,"
                        + " Short, Integer, BigInteger, BigDecimal or String; there is no column for missing; the"
                        + " columns are id, customer_name, day, total, rate, paid, nothing");
    }

    @Test
    void namesTheColumnThatCannotBeRead() {
        assertThatThrownBy(() -> ROW.valueAt("colour"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read column colour: there is none of that name; the columns are id, customer_name,"
                        + " day, total, rate, paid, nothing");
        assertThatThrownBy(() -> ROW.booleanAt("id"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read column id: it is int8, but Boolean is wanted; take Long, Short, Integer,"
                        + " BigInteger, BigDecimal or String");
        Row infinite = row(Columns.all("day date"), "infinity");
        assertThat(infinite.textAt("day")).isEqualTo("infinity");
        assertThatThrownBy(() -> infinite.valueAt("day"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read column day: the value is infinite, which LocalDate cannot hold; read String");
    }

    @Test
    void tellsColumnsOfOneNameApartByPositionOnly() {
        Row twins = row(Columns.all("id int4", "id int4"), "1\t2");
        assertThat(twins.intAt(1)).isEqualTo(2);
        assertThatThrownBy(() -> twins.intAt("id"))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read column id: there are several of that name; name them apart in the query");
        assertThatThrownBy(() -> twins.to(Order.class))
                .hasMessageStartingWith("Cannot read rows as Order: there are several columns named id; name them apart"
                        + " in the query; there is no column for customerName");
    }

    @Test
    void printsNoValues() {
        assertThat(ROW).hasToString("Row[id, customer_name, day, total, rate, paid, nothing]");
    }
}
