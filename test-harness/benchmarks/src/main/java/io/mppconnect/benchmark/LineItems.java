package io.mppconnect.benchmark;

import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.TextPool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;

/**
 * TPC-H {@code lineitem}, as a TEXT file and as rows in memory. All columns are as TPC-H's own generator makes them but
 * the comments, which are drawn from a smaller text.
 *
 * @param file the rows in TEXT
 * @param rows how many rows the file has
 * @param bytes how long it is
 * @param sample its first rows
 */
record LineItems(Path file, long rows, long bytes, List<Item> sample) {

    /** Its columns and their types, in order. */
    static final String DEFINITION = "orderkey bigint, partkey bigint, suppkey bigint, linenumber integer,"
            + " quantity decimal(15,2), extendedprice decimal(15,2), discount decimal(15,2), tax decimal(15,2),"
            + " returnflag char(1), linestatus char(1), shipdate date, commitdate date, receiptdate date,"
            + " shipinstruct char(25), shipmode char(10), comment varchar(44)";

    private static final int TEXT_BYTES = 8 << 20;
    private static final int SAMPLE = 50_000;

    /** Generates the file, unless a former run left it in the directory. */
    static LineItems in(Path directory, double scale) throws IOException {
        TextPool text = new TextPool(TEXT_BYTES, Distributions.getDefaultDistributions());
        LineItemGenerator items = new LineItemGenerator(scale, 1, 1, Distributions.getDefaultDistributions(), text);
        Path file = Files.createDirectories(directory).resolve("lineitem-" + scale + ".txt");
        Path counted = directory.resolve("lineitem-" + scale + ".rows");
        if (!Files.exists(counted) || !Files.exists(file)) {
            Files.writeString(counted, Long.toString(write(items, file)));
        }
        long rows = Long.parseLong(Files.readString(counted).strip());
        return new LineItems(file, rows, Files.size(file), sample(items));
    }

    private static long write(LineItemGenerator items, Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        long rows = 0;
        try (BufferedWriter writer = Files.newBufferedWriter(partial, StandardCharsets.US_ASCII)) {
            StringBuilder line = new StringBuilder();
            for (LineItem item : items) {
                line.setLength(0);
                Item.of(item).appendTo(line);
                writer.append(line);
                rows++;
            }
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        return rows;
    }

    private static List<Item> sample(LineItemGenerator items) {
        List<Item> sample = new ArrayList<>();
        for (Iterator<LineItem> next = items.iterator(); next.hasNext() && sample.size() < SAMPLE; ) {
            sample.add(Item.of(next.next()));
        }
        return sample;
    }

    /** Writes a file beside the other that has the first row alone. */
    Path firstRow() throws IOException {
        StringBuilder line = new StringBuilder();
        sample.get(0).appendTo(line);
        return Files.writeString(file.resolveSibling("first-row.txt"), line);
    }

    /** As many rows as the file has, in memory: its first ones again and again, so that a small heap holds them. */
    List<Item> inMemory() {
        return new Repeated(sample, Math.toIntExact(rows));
    }

    private static final class Repeated extends AbstractList<Item> implements RandomAccess {

        private final List<Item> sample;
        private final int size;

        Repeated(List<Item> sample, int size) {
            this.sample = sample;
            this.size = size;
        }

        @Override
        public Item get(int index) {
            return sample.get(index % sample.size());
        }

        @Override
        public int size() {
            return size;
        }
    }
}
