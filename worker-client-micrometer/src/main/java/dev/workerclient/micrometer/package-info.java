/**
 * Meters and observations by Micrometer: {@link dev.workerclient.micrometer.WorkerMetrics} and
 * {@link dev.workerclient.micrometer.WorkerObservations}, listeners of a {@link
 * dev.workerclient.WorkerClient}.
 *
 * <p>Imports {@code dev.workerclient} and its {@code error} and {@code health}.
 */
@NullMarked
package dev.workerclient.micrometer;

import org.jspecify.annotations.NullMarked;
