/** The only place that knows system catalogs: which database this is, its segments, its tables. */
@NullMarked
package io.mppconnect.catalog;

import org.jspecify.annotations.NullMarked;
