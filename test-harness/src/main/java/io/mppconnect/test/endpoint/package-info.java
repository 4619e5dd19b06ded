/** The segments' side of parallel retrieve cursors. */
@NullMarked
package io.mppconnect.test.endpoint;

import org.jspecify.annotations.NullMarked;
