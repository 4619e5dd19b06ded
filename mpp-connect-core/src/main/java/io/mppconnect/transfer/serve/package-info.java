/** Sources that any SQL client reads as tables. */
@NullMarked
package io.mppconnect.transfer.serve;

import org.jspecify.annotations.NullMarked;
