package io.mppconnect.conformance;

import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.LoadTicket;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.spi.RowWriter;

/** The rows of tasks: each has its own ids, and says which attempt wrote it. */
final class TaskRows {

    /** The fields of the rows. */
    static final String[] FIELDS = {"id", "task", "attempt", "filler"};

    /** The columns for them. */
    static final String COLUMNS = "id bigint, task int, attempt int, filler text DISTRIBUTED BY (id)";

    private static final String FILLER = "x".repeat(100);

    private TaskRows() {}

    /** Writes some rows of a task that has so many for all its attempts. */
    static void write(TaskAttempt into, int task, int attempt, int rows, int from, int to) throws InterruptedException {
        for (int row = from; row < to; row++) {
            RowWriter writer = into.rows();
            writer.writeLong((long) task * rows + row);
            writer.writeInt(task);
            writer.writeInt(attempt);
            writer.writeText(FILLER);
            writer.endRow();
        }
    }

    /** Writes all rows of a task, and commits the attempt. */
    static AttemptCommit run(SegmentEndpoint endpoint, LoadTicket ticket, int task, int attempt, int rows)
            throws InterruptedException {
        try (TaskAttempt running = endpoint.begin(ticket, task, attempt)) {
            write(running, task, attempt, rows, 0, rows);
            return running.commit();
        }
    }

    /** What a table holds when of each of these tasks, from 0, every row is there once. */
    static String exactly(TestDatabase database, String table) {
        return String.join(
                " ",
                database.query(
                                "SELECT count(*), count(DISTINCT id), min(id), max(id), count(DISTINCT (task, attempt)) FROM "
                                        + table)
                        .get(0));
    }
}
