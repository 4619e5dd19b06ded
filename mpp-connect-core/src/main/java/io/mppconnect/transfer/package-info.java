/** The engine: the only place where sources, segments and the statement meet. */
@NullMarked
package io.mppconnect.transfer;

import org.jspecify.annotations.NullMarked;
