/**
 * Avro's binary encoding: a record is read by a plan that is compiled of its schema, and written by one that is made of the
 * columns. The only place that knows Avro's library.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.avro;

import org.jspecify.annotations.NullMarked;
