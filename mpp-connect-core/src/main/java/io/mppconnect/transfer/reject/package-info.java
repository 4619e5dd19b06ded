/**
 * Rows that cannot be loaded: found in the database's error log, by workers or by trying, held against limits, handed
 * to their destinations.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.reject;

import org.jspecify.annotations.NullMarked;
