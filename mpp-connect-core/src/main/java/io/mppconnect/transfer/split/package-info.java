/**
 * Reading a source: workers take its splits, one after the other, and fill blocks from them. Knows no database.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.split;

import org.jspecify.annotations.NullMarked;
