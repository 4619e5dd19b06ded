package io.mppconnect.samples.quickstart;

import static java.util.stream.Collectors.joining;

import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * A generated table: its columns say what the database creates, what the files hold, and what has to come back.
 *
 * @param key the column that rows are distributed by
 */
record DemoTable<R>(String name, String key, List<DemoColumn<R>> columns) {

    /** TPC-H {@code orders}. */
    static final DemoTable<Order> ORDERS = new DemoTable<>(
            "orders",
            "o_orderkey",
            List.of(
                    DemoColumn.bigint("o_orderkey", Order::getOrderKey),
                    DemoColumn.bigint("o_custkey", Order::getCustomerKey),
                    DemoColumn.character("o_orderstatus", 1, order -> String.valueOf(order.getOrderStatus())),
                    DemoColumn.decimal("o_totalprice", Order::getTotalPriceInCents),
                    DemoColumn.date("o_orderdate", Order::getOrderDate),
                    DemoColumn.character("o_orderpriority", 15, Order::getOrderPriority),
                    DemoColumn.character("o_clerk", 15, Order::getClerk),
                    DemoColumn.integer("o_shippriority", Order::getShipPriority),
                    DemoColumn.varchar("o_comment", 79, Order::getComment)));

    /** TPC-H {@code lineitem}, distributed as its orders are: each segment joins its own rows. */
    static final DemoTable<LineItem> LINEITEM = new DemoTable<>(
            "lineitem",
            "l_orderkey",
            List.of(
                    DemoColumn.bigint("l_orderkey", LineItem::getOrderKey),
                    DemoColumn.bigint("l_partkey", LineItem::getPartKey),
                    DemoColumn.bigint("l_suppkey", LineItem::getSupplierKey),
                    DemoColumn.integer("l_linenumber", LineItem::getLineNumber),
                    DemoColumn.decimal("l_quantity", item -> item.getQuantity() * 100),
                    DemoColumn.decimal("l_extendedprice", LineItem::getExtendedPriceInCents),
                    DemoColumn.decimal("l_discount", LineItem::getDiscountPercent),
                    DemoColumn.decimal("l_tax", LineItem::getTaxPercent),
                    DemoColumn.character("l_returnflag", 1, LineItem::getReturnFlag),
                    DemoColumn.character("l_linestatus", 1, LineItem::getStatus),
                    DemoColumn.date("l_shipdate", LineItem::getShipDate),
                    DemoColumn.date("l_commitdate", LineItem::getCommitDate),
                    DemoColumn.date("l_receiptdate", LineItem::getReceiptDate),
                    DemoColumn.character("l_shipinstruct", 25, LineItem::getShipInstructions),
                    DemoColumn.character("l_shipmode", 10, LineItem::getShipMode),
                    DemoColumn.varchar("l_comment", 44, LineItem::getComment)));

    /** The table's name with its schema, for use in SQL. */
    String sqlName() {
        return DemoSchema.NAME + "." + name;
    }

    /** The statement that creates the table. */
    String createStatement() {
        return columns.stream()
                .map(column -> column.name() + " " + column.type() + " NOT NULL")
                .collect(joining(", ", "CREATE TABLE " + sqlName() + " (", ") DISTRIBUTED BY (" + key + ")"));
    }

    List<String> columnNames() {
        return columns.stream().map(DemoColumn::name).toList();
    }

    /** A row's values, as files hold them. */
    List<String> values(R row) {
        List<String> values = new ArrayList<>(columns.size());
        for (DemoColumn<R> column : columns) {
            values.add(column.text().apply(row));
        }
        return values;
    }

    /** The same values, as the database gives them back. */
    List<String> padded(List<String> values) {
        List<String> padded = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            padded.add(columns.get(i).padded(values.get(i)));
        }
        return padded;
    }
}
