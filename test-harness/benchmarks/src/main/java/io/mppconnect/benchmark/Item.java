package io.mppconnect.benchmark;

import io.trino.tpch.LineItem;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A TPC-H line item as an application would hold it: its components are the table's columns. */
record Item(
        long orderkey,
        long partkey,
        long suppkey,
        int linenumber,
        BigDecimal quantity,
        BigDecimal extendedprice,
        BigDecimal discount,
        BigDecimal tax,
        String returnflag,
        String linestatus,
        LocalDate shipdate,
        LocalDate commitdate,
        LocalDate receiptdate,
        String shipinstruct,
        String shipmode,
        String comment) {

    static Item of(LineItem item) {
        return new Item(
                item.getOrderKey(),
                item.getPartKey(),
                item.getSupplierKey(),
                item.getLineNumber(),
                BigDecimal.valueOf(item.getQuantity() * 100, 2),
                BigDecimal.valueOf(item.getExtendedPriceInCents(), 2),
                BigDecimal.valueOf(item.getDiscountPercent(), 2),
                BigDecimal.valueOf(item.getTaxPercent(), 2),
                item.getReturnFlag(),
                item.getStatus(),
                LocalDate.ofEpochDay(item.getShipDate()),
                LocalDate.ofEpochDay(item.getCommitDate()),
                LocalDate.ofEpochDay(item.getReceiptDate()),
                item.getShipInstructions(),
                item.getShipMode(),
                item.getComment());
    }

    /** The row in TEXT, none of whose values needs an escape. */
    void appendTo(StringBuilder line) {
        line.append(orderkey).append('\t');
        line.append(partkey).append('\t');
        line.append(suppkey).append('\t');
        line.append(linenumber).append('\t');
        line.append(quantity).append('\t');
        line.append(extendedprice).append('\t');
        line.append(discount).append('\t');
        line.append(tax).append('\t');
        line.append(returnflag).append('\t');
        line.append(linestatus).append('\t');
        line.append(shipdate).append('\t');
        line.append(commitdate).append('\t');
        line.append(receiptdate).append('\t');
        line.append(shipinstruct).append('\t');
        line.append(shipmode).append('\t');
        line.append(comment).append('\n');
    }
}
