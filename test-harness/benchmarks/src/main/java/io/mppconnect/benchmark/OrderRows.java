package io.mppconnect.benchmark;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Orders in an application's memory, ten columns each, written and read by plain calls as an application does. */
final class OrderRows {

    /** How many rows there are. */
    static final int ROWS = 500;

    private static final List<String> NAMES = List.of(
            "quantity", "id", "weight", "price", "express", "ordered", "changed", "clerk", "comment", "discount");

    private static final String WORDS =
            "carefully final deposits. ironic theodolites among the quickly express packages";
    private static final int LONGER = 44;
    private static final long CENTS = 100_000_000;
    private static final long MICROS_FROM_2000 = 946_684_800_000_000L;
    private static final long MICROS_OF_30_YEARS = 946_684_800_000_000L;

    private final int[] quantities = new int[ROWS];
    private final long[] ids = new long[ROWS];
    private final double[] weights = new double[ROWS];
    private final long[] cents = new long[ROWS];
    private final boolean[] express = new boolean[ROWS];
    private final long[] days = new long[ROWS];
    private final long[] micros = new long[ROWS];
    private final String[] clerks = new String[ROWS];
    private final String[] comments = new String[ROWS];
    private final int[] discounts = new int[ROWS];

    OrderRows() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < ROWS; i++) {
            quantities[i] = random.nextInt(1, 1_000_000);
            ids[i] = random.nextLong(1, 100_000_000_000L);
            weights[i] = random.nextDouble() * 1_000;
            cents[i] = random.nextLong(CENTS);
            express[i] = random.nextBoolean();
            days[i] = random.nextLong(8_000, 20_000);
            micros[i] = MICROS_FROM_2000 + random.nextLong(MICROS_OF_30_YEARS);
            clerks[i] = "Clerk" + random.nextInt(100, 1_000);
            int from = random.nextInt(WORDS.length() - LONGER);
            comments[i] = WORDS.substring(from, from + LONGER);
            discounts[i] = random.nextInt(-10, 20);
        }
    }

    static List<String> names() {
        return NAMES;
    }

    static List<Column> columns() {
        return NAMES.stream()
                .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                .toList();
    }

    void write(RowEncoder encoder) throws InterruptedException {
        for (int i = 0; i < ROWS; i++) {
            encoder.writeInt(quantities[i]);
            encoder.writeLong(ids[i]);
            encoder.writeDouble(weights[i]);
            encoder.writeDecimal(cents[i], 2);
            encoder.writeBoolean(express[i]);
            encoder.writeDate(days[i]);
            encoder.writeTimestamp(micros[i]);
            encoder.writeText(clerks[i]);
            encoder.writeText(comments[i]);
            if (discounts[i] < 0) {
                encoder.writeNull();
            } else {
                encoder.writeInt(discounts[i]);
            }
            encoder.endRow();
        }
        encoder.flush();
    }

    /** The same rows, written. */
    byte[] bytes(RowFormat format) throws InterruptedException {
        MixedRows.OneBlock block = new MixedRows.OneBlock();
        write(RowEncoder.of(format, names(), block));
        return Arrays.copyOf(block.bytes(), block.length());
    }

    /** Something that depends on every value; texts are found, but not made into objects. */
    static long read(RowReader reader) {
        long sum = 0;
        while (reader.next()) {
            sum += reader.intAt(0);
            sum += reader.longAt(1);
            sum += (long) reader.doubleAt(2);
            sum += (long) reader.doubleAt(3);
            sum += reader.booleanAt(4) ? 1 : 0;
            sum += reader.epochDayAt(5);
            sum += reader.timestampMicrosAt(6);
            sum += reader.valueTo(7) - reader.valueFrom(7);
            sum += reader.valueTo(8) - reader.valueFrom(8);
            sum += reader.isNull(9) ? 1 : reader.intAt(9);
        }
        return sum;
    }
}
