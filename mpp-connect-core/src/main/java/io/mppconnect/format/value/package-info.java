/**
 * The values of one record: kept as they are read, in memory that is used again, and spelled as the texts, the JSON and the
 * array literals that the database reads and writes. No bytes of any format.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.value;

import org.jspecify.annotations.NullMarked;
