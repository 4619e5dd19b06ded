package io.mppconnect.distributed;

import java.io.Serializable;

/**
 * Says that all rows of a task's attempt are in the database, though nobody sees them yet: to be sent back to the JVM with
 * the {@link TransferPlan}, whose commit counts those attempts alone whose messages it is given.
 *
 * @param plan the plan that the rows belong to
 * @param number the attempt's number within the plan
 * @param task the task, as its caller named it
 * @param attempt the attempt, as its caller named it
 * @param rows how many rows it wrote
 * @param bytes how many bytes these were on the wire
 * @param blocks how many blocks they travelled in
 */
public record AttemptCommit(String plan, int number, int task, long attempt, long rows, long bytes, long blocks)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "attempt " + attempt + " of task " + task;
    }
}
