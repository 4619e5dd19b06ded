/** Files and directories as sources and targets. */
@NullMarked
package io.mppconnect.file;

import org.jspecify.annotations.NullMarked;
