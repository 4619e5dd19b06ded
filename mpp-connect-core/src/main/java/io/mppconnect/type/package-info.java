/** The one table of column types that every module shares. */
@NullMarked
package io.mppconnect.type;

import org.jspecify.annotations.NullMarked;
