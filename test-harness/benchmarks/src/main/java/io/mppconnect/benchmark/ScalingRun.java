package io.mppconnect.benchmark;

import io.mppconnect.MppCluster;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Loads generated rows into embedded clusters, step by step along one {@link Scaling}. */
final class ScalingRun {

    private static final long ROWS = 400_000;
    private static final long VALUES = 4_000_000;
    private static final long TEXT_BYTES = 40_000_000;
    private static final int FEW_COLUMNS = 10;
    private static final int SEGMENTS = 4;
    private static final int CLIENTS = 4;
    private static final int ROW_BYTES = 100;
    private static final long MEGABYTE = 1_000_000;

    private final int warmups;
    private final int runs;
    private final PrintWriter log;

    ScalingRun(int warmups, int runs, PrintWriter log) {
        this.warmups = warmups;
        this.runs = runs;
        this.log = log;
    }

    /** What is measured once. */
    private interface Load {
        Sample run() throws Exception;
    }

    List<ScalingPoint> run(Scaling scaling, long largest) throws Exception {
        List<ScalingPoint> points = new ArrayList<>();
        for (long step : scaling.steps(largest)) {
            ScalingPoint point = switch (scaling) {
                case SEGMENTS -> embedded(step, (int) step, rows(), 1, 0);
                case WORKERS -> embedded(step, SEGMENTS, rows(), 1, (int) step);
                case TRANSFERS -> embedded(step, SEGMENTS, rows(), (int) step, 0);
                case WIDTH -> embedded(step, SEGMENTS, GeneratedRows.text(texts(step), (int) step), 1, 0);
                case COLUMNS -> embedded(step, SEGMENTS, GeneratedRows.numbers(VALUES / step, (int) step), 1, 0);
                case SIZE -> served(step);
            };
            points.add(point);
            log.printf(
                    Locale.ROOT,
                    "%d %s: %,.0f rows/s, %.1f MB/s, heap %.0f MB%n",
                    step,
                    scaling.unit(),
                    point.rowsPerSecond(),
                    point.megabytesPerSecond(),
                    point.heapMegabytes());
            log.flush();
        }
        return points;
    }

    private static GeneratedRows rows() {
        return GeneratedRows.numbers(ROWS, FEW_COLUMNS);
    }

    /** Many rows when they are short, though not so many that all time goes into the database's rows. */
    private static long texts(long width) {
        return Math.min(ROWS, TEXT_BYTES / width);
    }

    /** @param workers 0 for as many as usual */
    private ScalingPoint embedded(long step, int segments, GeneratedRows rows, int transfers, int workers)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(transfers);
        try (TestDatabase database = TestDatabase.embedded(segments);
                MppCluster cluster = database.open()) {
            for (int i = 0; i < transfers; i++) {
                database.execute("CREATE TABLE t" + i + " (" + rows.definition() + ") DISTRIBUTED RANDOMLY");
            }
            TransferOptions options = workers == 0
                    ? TransferOptions.defaults()
                    : TransferOptions.defaults().parallelism(workers);
            return measure(step, () -> {
                for (int i = 0; i < transfers; i++) {
                    database.execute("TRUNCATE t" + i);
                }
                return load(cluster, options, rows, transfers, threads);
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static Sample load(
            MppCluster cluster, TransferOptions options, GeneratedRows rows, int transfers, ExecutorService threads)
            throws Exception {
        long start = System.nanoTime();
        List<Future<TransferReport>> running = new ArrayList<>();
        for (int i = 0; i < transfers; i++) {
            Table target = Table.named("t" + i);
            running.add(threads.submit(
                    () -> cluster.transfer(options).from(rows).into(target).run()));
        }
        long count = 0;
        long bytes = 0;
        for (Future<TransferReport> one : running) {
            count += one.get().rows();
            bytes += one.get().bytes();
        }
        return Sample.of(System.nanoTime() - start, count, bytes, Double.NaN);
    }

    private ScalingPoint served(long megabytes) throws Exception {
        GeneratedRows rows = GeneratedRows.text(megabytes * MEGABYTE / ROW_BYTES, ROW_BYTES - 1);
        try (RawServing serving = new RawServing(Runtime.getRuntime().availableProcessors());
                RawClients clients = new RawClients(CLIENTS)) {
            return measure(megabytes, () -> {
                long start = System.nanoTime();
                RawClients.Pulled pulled = serving.serve(rows, clients);
                return Sample.of(System.nanoTime() - start, rows.rows(), pulled.bytes(), Double.NaN);
            });
        }
    }

    private ScalingPoint measure(long step, Load load) throws Exception {
        for (int i = 0; i < warmups; i++) {
            load.run();
        }
        HeapPeak heap = new HeapPeak();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            samples.add(load.run());
        }
        return new ScalingPoint(step, samples, heap.bytes());
    }
}
