/** Reads the SQL that only a Greenplum database understands and says it in PostgreSQL's words. Knows no connection. */
@NullMarked
package io.mppconnect.test.sql;

import org.jspecify.annotations.NullMarked;
