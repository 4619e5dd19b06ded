/** A topic streamed into a table, exactly once. */
@NullMarked
package io.mppconnect.samples.kafka;

import org.jspecify.annotations.NullMarked;
