/** Whole transfers and single pieces, measured; beside them those of gpfdist, COPY and JDBC. */
@NullMarked
package io.mppconnect.benchmark;

import org.jspecify.annotations.NullMarked;
