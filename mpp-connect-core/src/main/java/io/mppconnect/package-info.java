/**
 * What an application touches: a {@link io.mppconnect.MppCluster}, the {@link io.mppconnect.ParallelTransfer}s it
 * describes, and what running one returns.
 */
@NullMarked
package io.mppconnect;

import org.jspecify.annotations.NullMarked;
