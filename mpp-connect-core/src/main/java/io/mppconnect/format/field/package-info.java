/**
 * Which fields are taken out of records, by their paths, and which columns go into them; and the tables that find what is
 * taken by the bytes of a record. No bytes of any format.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.field;

import org.jspecify.annotations.NullMarked;
