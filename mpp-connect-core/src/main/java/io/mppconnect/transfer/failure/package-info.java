/**
 * What a failure means: which came first, what may be said of it without showing a row's values, whether it passes by
 * itself and how long to wait until then.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.failure;

import org.jspecify.annotations.NullMarked;
