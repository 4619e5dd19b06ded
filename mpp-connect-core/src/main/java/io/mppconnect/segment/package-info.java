/** The server that all segments pull from and push to: bytes and blocks, no sources and no SQL. */
@NullMarked
package io.mppconnect.segment;

import org.jspecify.annotations.NullMarked;
