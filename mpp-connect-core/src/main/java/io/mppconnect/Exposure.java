package io.mppconnect;

import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.serve.ServeJob;

/**
 * A source that is to be read as a table: an immutable description; each method returns a changed copy.
 *
 * <pre>{@code
 * try (ServedSource sales = cluster.expose(DataFiles.csv("sales-*.csv").header())
 *         .column("amount", "numeric(12,2)")
 *         .as("ext.sales")) {
 *     ...
 * }
 * }</pre>
 */
public final class Exposure {

    private final TransferEngine engine;
    private final ServeJob job;

    Exposure(TransferEngine engine, ServeJob job) {
        this.engine = engine;
        this.job = job;
    }

    /**
     * Gives fields that the source knows no type of the types of the columns of their names in a table. What has no type
     * at all is text.
     *
     * @param table read as {@link Table#named} does
     */
    public Exposure like(String table) {
        return new Exposure(engine, job.like(TableName.parse(table)));
    }

    /**
     * Gives a field a type, whatever else it would have.
     *
     * @param field as the source calls it
     * @param type SQL, taken as it is: never build it from input you do not trust
     */
    public Exposure column(String field, String type) {
        return new Exposure(engine, job.column(field, type));
    }

    /**
     * Replaces an external table of the name that an application has left that was killed, told by its location; whoever
     * still serves it serves nobody from then on. Anything else of that name is refused as ever.
     */
    public Exposure replacing() {
        return new Exposure(engine, job.withReplacing());
    }

    /**
     * Makes a readable external table of that name: whoever may read it can query it, join it, or read a part of it, from
     * any session and as often as they like. Its owner is this role; nobody else may read it unless it is granted.
     *
     * <p>Values are read under the settings of the session that queries, such as its {@code DateStyle}.
     *
     * @param table read as {@link Table#named} does
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} when the source has no end, or there is such a relation;
     *     {@link ErrorCode#COLUMN_MISMATCH} when its fields have no names; {@link ErrorCode#SOURCE_FAILED} when it cannot be
     *     opened; {@link ErrorCode#UNSUPPORTED_DATABASE}, {@link ErrorCode#PRIVILEGE_MISSING}, {@link
     *     ErrorCode#SEGMENTS_UNREACHABLE} and {@link ErrorCode#CONNECTION} as for a transfer; {@link
     *     ErrorCode#STATEMENT_FAILED} when the database refuses the table, for a type that there is not, say; {@link
     *     ErrorCode#OUTCOME_UNKNOWN} when the connection was lost during the commit: the table is there or not and serves
     *     nobody, so expose it again with {@link #replacing}; {@link ErrorCode#CANCELLED} when the thread was interrupted or
     *     the {@link MppCluster} is closed
     */
    public ServedSource as(String table) {
        return engine.serve(job, TableName.parse(table));
    }

    @Override
    public String toString() {
        return job.toString();
    }
}
