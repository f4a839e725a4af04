/**
 * Spans by OpenTelemetry: {@link dev.workerclient.opentelemetry.WorkerTelemetry}, a listener of a
 * {@link dev.workerclient.WorkerClient}.
 *
 * <p>Imports {@code dev.workerclient} and its {@code error}.
 */
@NullMarked
package dev.workerclient.opentelemetry;

import org.jspecify.annotations.NullMarked;
