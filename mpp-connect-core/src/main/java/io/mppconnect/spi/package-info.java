/** What the author of a connector touches: where rows come from, where they go, and how they are written and read. */
@NullMarked
package io.mppconnect.spi;

import org.jspecify.annotations.NullMarked;
