/**
 * How a source's fields become columns of tables, and the external table between the two: descriptions and their SQL,
 * checked against the catalog before a row moves, and once more before it is committed. No row is moved here.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.plan;

import org.jspecify.annotations.NullMarked;
