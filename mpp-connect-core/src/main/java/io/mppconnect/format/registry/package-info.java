/**
 * Schemas of a registry, over its HTTP API: asked for once, and registered. What a schema says is not its concern.
 *
 * <p>Internal: no API, may change with any version.
 */
@NullMarked
package io.mppconnect.format.registry;

import org.jspecify.annotations.NullMarked;
