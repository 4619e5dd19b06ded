/**
 * The blocks that rows travel in: the memory they may take, and the numbers by which a row is found again in its file. No
 * SQL, and no threads of its own.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.transfer.block;

import org.jspecify.annotations.NullMarked;
