package io.mppconnect.samples.quickstart;

import io.trino.tpch.GenerateUtils;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A column of a generated table.
 *
 * @param type its SQL type
 * @param length how long the database pads its values with blanks; 0 when it takes them as they are
 * @param text a row's value as text
 */
record DemoColumn<R>(String name, String type, int length, Function<R, String> text) {

    static <R> DemoColumn<R> bigint(String name, ToLongFunction<R> value) {
        return new DemoColumn<>(name, "bigint", 0, row -> Long.toString(value.applyAsLong(row)));
    }

    static <R> DemoColumn<R> integer(String name, ToIntFunction<R> value) {
        return new DemoColumn<>(name, "integer", 0, row -> Integer.toString(value.applyAsInt(row)));
    }

    /** A number with two decimals, which the row holds in hundredths. */
    static <R> DemoColumn<R> decimal(String name, ToLongFunction<R> hundredths) {
        return new DemoColumn<>(
                name, "decimal(15,2)", 0, row -> GenerateUtils.formatMoney(hundredths.applyAsLong(row)));
    }

    /** A date, which the row holds in days since 1970. */
    static <R> DemoColumn<R> date(String name, ToIntFunction<R> epochDay) {
        return new DemoColumn<>(name, "date", 0, row -> GenerateUtils.formatDate(epochDay.applyAsInt(row)));
    }

    static <R> DemoColumn<R> character(String name, int length, Function<R, String> value) {
        return new DemoColumn<>(name, "char(" + length + ")", length, value);
    }

    static <R> DemoColumn<R> varchar(String name, int length, Function<R, String> value) {
        return new DemoColumn<>(name, "varchar(" + length + ")", 0, value);
    }

    /** A value as the database gives it back. */
    String padded(String value) {
        return value.length() < length ? value + " ".repeat(length - value.length()) : value;
    }
}
