/**
 * What is asked beside users' calls: {@link dev.workerclient.internal.health.HealthCheck} asks all
 * routes at once how they are, {@link dev.workerclient.internal.health.RouteDiagnoser} goes through
 * one service's routes step by step.
 *
 * <p>Imports {@code internal.call} and what lies below it, and {@code health}. Internal: not for
 * users.
 */
@NullMarked
package dev.workerclient.internal.health;

import org.jspecify.annotations.NullMarked;
