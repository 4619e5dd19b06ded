package io.mppconnect.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What all contenders work on: the rows, the tables, the directory. It makes ready before each run and checks after. */
final class Workbench implements AutoCloseable {

    /** Where loads go. */
    static final String TARGET = "mpp_connect_benchmark.target";

    /** Where unloads come from. */
    static final String FILLED = "mpp_connect_benchmark.filled";

    /** Where events go. */
    static final String EVENTS = "mpp_connect_benchmark.events";

    static final String BY_KEY = "DISTRIBUTED BY (orderkey)";

    /** What upserts change: the filled one's rows. */
    static final String KEYED = "mpp_connect_benchmark.keyed";

    /** Everything is in it. */
    static final String SCHEMA = "mpp_connect_benchmark";

    private static final String DROP = "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE";

    private final TestDatabase database;
    private final LineItems items;
    private final Path directory;
    private final Path firstRow;
    private final Path output;
    private final int eventCount;
    private final int partitions;
    private @Nullable Changes changes;
    private @Nullable Events events;
    private @Nullable EventTopics topics;
    private long unloadedBytes;

    private Workbench(TestDatabase database, LineItems items, Path directory, int eventCount, int partitions)
            throws IOException {
        this.database = database;
        this.eventCount = eventCount;
        this.partitions = partitions;
        this.items = items;
        this.directory = directory;
        this.firstRow = items.firstRow();
        this.output = directory.resolve("unloaded");
    }

    /**
     * Makes the tables, in place of what an earlier run left, and generates the file unless it is there.
     *
     * @param clauses what follows the columns of the tables that loads and upserts write into; null to distribute them by
     *     a key, which of the table for upserts is the primary key's first column
     * @param eventCount how many events topics hold
     * @param partitions how many partitions topics have
     */
    static Workbench create(
            TestDatabase database,
            Path directory,
            double scale,
            @Nullable String clauses,
            int eventCount,
            int partitions)
            throws IOException, SQLException {
        LineItems items = LineItems.in(directory, scale);
        String columns = " (" + LineItems.DEFINITION + ") ";
        database.execute(
                DROP,
                "CREATE SCHEMA " + SCHEMA,
                "CREATE TABLE " + TARGET + columns + (clauses == null ? BY_KEY : clauses),
                "CREATE TABLE " + FILLED + columns + BY_KEY,
                "CREATE TABLE " + EVENTS + " (" + Event.DEFINITION + ") DISTRIBUTED BY (id)",
                clauses == null
                        ? "CREATE TABLE " + KEYED + " (" + LineItems.DEFINITION
                                + ", PRIMARY KEY (orderkey, linenumber)) " + BY_KEY
                        : "CREATE TABLE " + KEYED + columns + clauses);
        return new Workbench(database, items, directory, eventCount, partitions);
    }

    /** Fills the table that rows come from, once. */
    void fill() throws IOException, SQLException {
        CopyContender.load(this, items.file(), FILLED);
    }

    TestDatabase database() {
        return database;
    }

    LineItems items() {
        return items;
    }

    Changes changes() throws IOException {
        Changes known = changes;
        if (known == null) {
            known = Changes.to(items);
            changes = known;
        }
        return known;
    }

    int eventCount() {
        return eventCount;
    }

    /** The events, which are generated when they are asked for first. */
    Events events() throws IOException {
        Events known = events;
        if (known == null) {
            known = Events.in(directory, eventCount);
            events = known;
        }
        return known;
    }

    /** The topics, whose broker starts when it is asked for first. */
    EventTopics topics() {
        EventTopics known = topics;
        if (known == null) {
            known = new EventTopics(eventCount, partitions);
            topics = known;
        }
        return known;
    }

    /** A file that has the first row alone. */
    Path firstRow() {
        return firstRow;
    }

    /** The file's directory, and that of whatever is written. */
    Path directory() {
        return directory;
    }

    /** An empty directory for each unload. */
    Path output() {
        return output;
    }

    void prepare(Scenario scenario) throws IOException, SQLException {
        if (scenario.ofEvents()) {
            events();
        }
        if (scenario.target().isPresent()) {
            database.execute("TRUNCATE " + scenario.target().get());
        } else if (scenario == Scenario.UPSERT) {
            changes();
            database.execute(
                    "TRUNCATE " + KEYED, "INSERT INTO " + KEYED + " SELECT * FROM " + FILLED, "ANALYZE " + KEYED);
        } else if (scenario == Scenario.UNLOAD) {
            delete(output);
            Files.createDirectories(output);
        }
    }

    /** No figure counts whose rows did not arrive. */
    void check(Scenario scenario, String contender, Sample sample) throws IOException, SQLException {
        if (scenario.target().isPresent()) {
            long rows = Long.parseLong(
                    database.value("SELECT count(*) FROM " + scenario.target().get()));
            require(rows, sample.rows(), "rows in the table", scenario, contender);
        } else if (scenario == Scenario.UPSERT) {
            String changed = "SELECT count(*) FROM " + KEYED;
            long rows = Long.parseLong(database.value(changed));
            require(rows, items.rows() + changes().added(), "rows in the table", scenario, contender);
            long marked = Long.parseLong(database.value(changed + " WHERE comment = 'changed'"));
            require(marked, changes().rows(), "rows with changes", scenario, contender);
        } else if (scenario == Scenario.SERVE) {
            require(sample.bytes(), items.bytes(), "bytes", scenario, contender);
        } else {
            // All write the same bytes, in whatever order; who moves only a part of the rows is not held to it.
            if (sample.rows() == items.rows()) {
                unloadedBytes = unloadedBytes == 0 ? sample.bytes() : unloadedBytes;
                require(sample.bytes(), unloadedBytes, "bytes in its files", scenario, contender);
            }
        }
    }

    private static void require(long found, long expected, String what, Scenario scenario, String contender) {
        if (found != expected) {
            throw new IllegalStateException("Cannot count the run of " + contender + " (" + scenario.label()
                    + "): there are " + found + " " + what + " where " + expected + " should be");
        }
    }

    /** How many rows a run of this scenario moves. */
    long rows(Scenario scenario) throws IOException {
        return switch (scenario) {
            case START -> 1;
            case UPSERT -> changes().rows();
            case JSON, AVRO -> eventCount;
            default -> items.rows();
        };
    }

    /** How many bytes a run of this scenario has moved. */
    long bytes(Scenario scenario) throws IOException {
        return switch (scenario) {
            case START -> Files.size(firstRow);
            case UPSERT -> changes().bytes();
            case JSON, AVRO -> events().bytes();
            case UNLOAD -> unloadedBytes();
            case SERVE, LOAD, ROWS -> items.bytes();
        };
    }

    private long unloadedBytes() throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(output)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    /** Drops the tables and deletes what was unloaded; the generated file stays for the next time. */
    @Override
    public void close() throws IOException, SQLException {
        try (EventTopics closing = topics) {
            delete(output);
            database.execute(DROP);
        }
    }
}
