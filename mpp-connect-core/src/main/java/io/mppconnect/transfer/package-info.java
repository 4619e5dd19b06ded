/**
 * The engine: one run of a transfer, by one commit or by many; the only place where sources, segments and the statement
 * meet. Its parts are the packages below, none of which knows this one.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer;

import org.jspecify.annotations.NullMarked;
