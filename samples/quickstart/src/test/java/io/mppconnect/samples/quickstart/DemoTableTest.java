package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DemoTableTest {

    @Test
    void ordersAreDistributedByTheirKey() {
        assertThat(DemoTable.ORDERS.createStatement())
                .isEqualTo("CREATE TABLE mpp_connect_quickstart.orders (o_orderkey bigint NOT NULL,"
                        + " o_custkey bigint NOT NULL, o_orderstatus char(1) NOT NULL,"
                        + " o_totalprice decimal(15,2) NOT NULL, o_orderdate date NOT NULL,"
                        + " o_orderpriority char(15) NOT NULL, o_clerk char(15) NOT NULL,"
                        + " o_shippriority integer NOT NULL, o_comment varchar(79) NOT NULL)"
                        + " DISTRIBUTED BY (o_orderkey)");
    }

    @Test
    void orderRowsAreDecimalsWithTwoDigitsAndIsoDates() {
        Order order =
                new Order(1, 7, 37, 'O', 13125105, day("1996-01-02"), "5-LOW", "Clerk#000000951", 0, "sleep, quickly ");

        assertThat(DemoTable.ORDERS.values(order))
                .containsExactly(
                        "7", "37", "O", "131251.05", "1996-01-02", "5-LOW", "Clerk#000000951", "0", "sleep, quickly ");
    }

    @Test
    void theDatabasePadsWhatIsOfFixedLength() {
        LineItem item = new LineItem(
                1,
                7,
                156,
                4,
                1,
                17,
                1795455,
                4,
                0,
                "N",
                "O",
                day("1996-03-13"),
                day("1996-02-12"),
                day("1996-03-22"),
                "NONE",
                "TRUCK",
                "final packages");

        assertThat(DemoTable.LINEITEM.padded(DemoTable.LINEITEM.values(item)))
                .containsExactly(
                        "7",
                        "156",
                        "4",
                        "1",
                        "17.00",
                        "17954.55",
                        "0.04",
                        "0.00",
                        "N",
                        "O",
                        "1996-03-13",
                        "1996-02-12",
                        "1996-03-22",
                        "NONE                     ",
                        "TRUCK     ",
                        "final packages");
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }
}
