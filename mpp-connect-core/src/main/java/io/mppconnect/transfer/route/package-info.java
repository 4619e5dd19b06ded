/**
 * The ways of rows between the database and this process, in both directions: through segments, by retrieve cursors,
 * through the coordinator. A way moves bytes; what the statements around it make of them is not its concern.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.route;

import org.jspecify.annotations.NullMarked;
