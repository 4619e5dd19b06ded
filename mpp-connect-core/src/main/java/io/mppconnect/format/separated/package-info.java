/**
 * Fields with something between them, such as CSV: read and written.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.separated;

import org.jspecify.annotations.NullMarked;
