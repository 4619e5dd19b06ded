/**
 * What a transfer is to do, as the application has described it. Immutable, and knows nothing of how it is done.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.job;

import org.jspecify.annotations.NullMarked;
