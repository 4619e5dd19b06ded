/**
 * Protobuf's binary encoding: a message is read by a plan that is compiled of its descriptor. Knows Protobuf's library, which
 * but for this place appears only where an application gives a descriptor.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.protobuf;

import org.jspecify.annotations.NullMarked;
