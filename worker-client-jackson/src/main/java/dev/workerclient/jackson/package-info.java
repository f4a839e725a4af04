/**
 * JSON bodies by jackson-databind 2.x, and {@link dev.workerclient.error.ServiceError} as RFC 9457
 * problem+json.
 *
 * <p>Imports {@code dev.workerclient}, {@code dev.workerclient.error} and, for what all codecs
 * share, {@code dev.workerclient.internal.classify} and {@code dev.workerclient.internal.json}.
 */
@NullMarked
package dev.workerclient.jackson;

import org.jspecify.annotations.NullMarked;
