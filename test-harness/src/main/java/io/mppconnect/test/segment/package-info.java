/** The segment side of the gpfdist protocol: sockets, frames and rows. Knows no SQL. */
@NullMarked
package io.mppconnect.test.segment;

import org.jspecify.annotations.NullMarked;
