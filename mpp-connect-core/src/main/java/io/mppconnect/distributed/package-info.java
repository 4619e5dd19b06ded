/**
 * Loads whose rows are in several JVMs, as those of Spark's executors and Flink's task managers are: one JVM has the
 * {@link io.mppconnect.distributed.TransferPlan} and talks SQL, every other one a {@link
 * io.mppconnect.distributed.SegmentEndpoint} that segments fetch rows from.
 */
@NullMarked
package io.mppconnect.distributed;

import org.jspecify.annotations.NullMarked;
