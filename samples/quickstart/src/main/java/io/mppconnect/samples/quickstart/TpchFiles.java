package io.mppconnect.samples.quickstart;

import io.trino.tpch.Distributions;
import io.trino.tpch.TextPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * TPC-H {@code orders} and {@code lineitem} as gzip-compressed CSV files with headers, and what their join has to be.
 *
 * <p>All columns are as TPC-H's own generator makes them but the comments, which are drawn from a smaller text so that
 * the quickstart gets by with little memory.
 *
 * @param orders the directory of the files of {@code orders}
 * @param lineitem the directory of the files of {@code lineitem}
 * @param files how many files there are in each
 * @param bytes how large all of them are
 * @param orderRows how many orders there are
 * @param join the rows of {@link DemoSchema#JOIN}
 */
record TpchFiles(Path orders, Path lineitem, int files, long bytes, long orderRows, Checksum join) {

    private static final int TEXT_BYTES = 8 << 20;

    /** Writes the files, side by side. */
    static TpchFiles generate(Path directory, double scale) throws Exception {
        Path orders = Files.createDirectory(directory.resolve("orders"));
        Path lineitem = Files.createDirectory(directory.resolve("lineitem"));
        TextPool text = new TextPool(TEXT_BYTES, Distributions.getDefaultDistributions());
        int parts = Workers.pieces();
        List<Callable<TpchPart.Written>> pieces = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            pieces.add(new TpchPart(scale, part, parts, text, orders, lineitem));
        }
        long orderRows = 0;
        Checksum join = Checksum.NONE;
        for (TpchPart.Written written : Workers.run("generate", Workers.threads(), pieces)) {
            orderRows += written.orders();
            join = join.plus(written.join());
        }
        return new TpchFiles(orders, lineitem, parts, bytesIn(orders) + bytesIn(lineitem), orderRows, join);
    }

    /** How many line items there are: as many as rows of the join. */
    long lineitemRows() {
        return join.rows();
    }

    private static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
