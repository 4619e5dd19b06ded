/** Connections of an embedded cluster: PostgreSQL's own, with external tables and what else Greenplum adds. */
@NullMarked
package io.mppconnect.test.jdbc;

import org.jspecify.annotations.NullMarked;
