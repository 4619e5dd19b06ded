/**
 * JSON, read in one pass over its bytes and written. Other formats have it check the JSON that they hold.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.json;

import org.jspecify.annotations.NullMarked;
