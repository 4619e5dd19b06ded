/**
 * Whether segments reach this process: the server that they dial, the addresses that they may come from, and the probe
 * that has each of them call. A route through segments begins here.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.reach;

import org.jspecify.annotations.NullMarked;
