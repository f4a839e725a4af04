/**
 * JSON bodies by Jackson 3 (tools.jackson), and {@link dev.workerclient.error.ServiceError} as RFC
 * 9457 problem+json: what {@code worker-client-jackson} does by Jackson 2, under the same class
 * names and without jackson-databind 2 on the class path.
 *
 * <p>Imports {@code dev.workerclient}, {@code dev.workerclient.error} and, for what all codecs
 * share, {@code dev.workerclient.internal.json}.
 */
@NullMarked
package dev.workerclient.jackson3;

import org.jspecify.annotations.NullMarked;
