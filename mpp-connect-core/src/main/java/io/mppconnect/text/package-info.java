/** The TEXT and CSV formats of external tables: encoding, decoding, row boundaries, with no allocation per row or field. */
@NullMarked
package io.mppconnect.text;

import org.jspecify.annotations.NullMarked;
