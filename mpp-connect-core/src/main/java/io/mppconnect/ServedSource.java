package io.mppconnect;

import io.mppconnect.catalog.TableName;

/**
 * A source that any SQL client can read as a table, until this is closed. Any thread may call any method.
 *
 * <p>Each scan opens the source anew, on threads of its own named {@code mpp-connect-<name>-scan-N}; while nobody reads,
 * it holds no thread and no connection.
 */
public interface ServedSource extends AutoCloseable {

    /** The external table, with its schema. */
    TableName table();

    /** How many scans there were and are, and what they have read; those that are open as far as they are now. */
    ServedProgress progress();

    /**
     * Fails the statements that read now, drops the table, and lets go of all else. Idempotent; closing the {@link
     * MppCluster} closes it too, and then only logs what could not be dropped.
     *
     * @throws MppConnectException {@link ErrorCode#STATEMENT_FAILED} when the table could not be dropped, because a view
     *     depends on it or a transaction that has read it is still open; {@link ErrorCode#CONNECTION} when the coordinator
     *     does not answer. What is left of it serves nobody, and {@link Exposure#replacing} replaces it
     */
    @Override
    void close();
}
