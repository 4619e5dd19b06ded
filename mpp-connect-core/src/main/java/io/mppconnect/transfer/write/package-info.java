/**
 * From the external table into the target tables, in SQL alone: appended, or staged and merged by keys; and the tables
 * that are made on demand. Where the rows come from is not known here.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.write;

import org.jspecify.annotations.NullMarked;
