/**
 * What {@link dev.workerclient.HealthReport} and {@link dev.workerclient.DiagnosisReport} are made
 * of: the state of services and routes, and the steps of a diagnosis.
 *
 * <p>Imports {@code error} alone.
 */
@NullMarked
package dev.workerclient.health;

import org.jspecify.annotations.NullMarked;
