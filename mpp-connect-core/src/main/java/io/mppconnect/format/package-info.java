/**
 * Formats of single records, as messages and documents hold them, that more than one connector reads. Their libraries are
 * optional dependencies: who uses a format brings its library.
 */
@NullMarked
package io.mppconnect.format;

import org.jspecify.annotations.NullMarked;
