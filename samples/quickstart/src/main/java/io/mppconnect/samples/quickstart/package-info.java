/** A runnable first look at mpp-connect: TPC-H data into a cluster and out again, verified row by row. */
@NullMarked
package io.mppconnect.samples.quickstart;

import org.jspecify.annotations.NullMarked;
