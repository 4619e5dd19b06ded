/**
 * Jobs in the database: who may commit for one, and how far it has come. The only place that knows the tables of jobs.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.ledger;

import org.jspecify.annotations.NullMarked;
