/**
 * Formats of single records, as messages and documents hold them, that more than one connector reads: those there are, and
 * what any other is made of. Their libraries are optional dependencies: who uses a format brings its library.
 *
 * <p>What is in the packages below reads and writes the bytes. It knows of this one decoders, encoders, bad records and
 * sources of schemas, and not the formats that are described here.
 */
@NullMarked
package io.mppconnect.format;

import org.jspecify.annotations.NullMarked;
