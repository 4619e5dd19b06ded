/**
 * The connection to the coordinator: its transactions, its settings, and how what it does is cancelled. SQL that other
 * packages have written runs here; nothing here knows of loads and unloads.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.session;

import org.jspecify.annotations.NullMarked;
