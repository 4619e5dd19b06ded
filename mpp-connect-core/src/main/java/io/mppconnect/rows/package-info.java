/** Rows in memory as sources and targets. */
@NullMarked
package io.mppconnect.rows;

import org.jspecify.annotations.NullMarked;
