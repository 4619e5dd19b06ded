package io.mppconnect.samples.quickstart;

import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.TextPool;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One part of the orders with their line items, written into one file of each. */
final class TpchPart implements Callable<TpchPart.Written> {

    /**
     * What a part holds.
     *
     * @param join its line items, each with its order
     */
    record Written(long orders, Checksum join) {}

    private final OrderGenerator orders;
    private final LineItemGenerator items;
    private final Path orderFile;
    private final Path itemFile;

    /**
     * @param part from 1
     * @param parts how many parts make the whole tables
     */
    TpchPart(double scale, int part, int parts, TextPool text, Path orderDirectory, Path itemDirectory) {
        Distributions distributions = Distributions.getDefaultDistributions();
        this.orders = new OrderGenerator(scale, part, parts, distributions, text);
        this.items = new LineItemGenerator(scale, part, parts, distributions, text);
        this.orderFile = orderDirectory.resolve(String.format(Locale.ROOT, "orders-%03d.csv.gz", part));
        this.itemFile = itemDirectory.resolve(String.format(Locale.ROOT, "lineitem-%03d.csv.gz", part));
    }

    /** Both generators go by order, so that an order's items are the next ones. */
    @Override
    public Written call() throws IOException, InterruptedException {
        long count = 0;
        Checksum join = Checksum.NONE;
        try (Writer orderWriter = create(orderFile, DemoTable.ORDERS);
                Writer itemWriter = create(itemFile, DemoTable.LINEITEM)) {
            Iterator<LineItem> following = items.iterator();
            LineItem item = next(following);
            for (Order order : orders) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                count++;
                List<String> orderValues = DemoTable.ORDERS.values(order);
                writeLine(orderWriter, orderValues);
                List<String> paddedOrder = DemoTable.ORDERS.padded(orderValues);
                while (item != null && item.getOrderKey() == order.getOrderKey()) {
                    List<String> itemValues = DemoTable.LINEITEM.values(item);
                    writeLine(itemWriter, itemValues);
                    List<String> joined = DemoTable.LINEITEM.padded(itemValues);
                    joined.addAll(paddedOrder);
                    join = join.plusRow(joined);
                    item = next(following);
                }
            }
        }
        return new Written(count, join);
    }

    private static @Nullable LineItem next(Iterator<LineItem> items) {
        return items.hasNext() ? items.next() : null;
    }

    private static Writer create(Path file, DemoTable<?> table) throws IOException {
        GZIPOutputStream compressed = new FastGzip(new BufferedOutputStream(Files.newOutputStream(file)));
        Writer writer = new BufferedWriter(new OutputStreamWriter(compressed, StandardCharsets.UTF_8));
        writeLine(writer, table.columnNames());
        return writer;
    }

    private static void writeLine(Writer writer, List<String> values) throws IOException {
        writer.write(CsvLine.encode(values));
        writer.write('\n');
    }

    /** A demonstration should not spend its time on the last few percent. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(BufferedOutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
