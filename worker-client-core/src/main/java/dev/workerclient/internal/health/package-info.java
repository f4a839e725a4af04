/**
 * What is asked beside users' calls: {@link dev.workerclient.internal.health.HealthCheck} asks all
 * routes at once how they are, {@link dev.workerclient.internal.health.RouteDiagnoser} finds the
 * step at which a route of one service fails. Both send a {@link
 * dev.workerclient.internal.health.Target}'s GET and read the binding proxy's report.
 *
 * <p>Imports {@code internal.call} and what lies below it, and {@code health}. Internal: not for
 * users.
 */
@NullMarked
package dev.workerclient.internal.health;

import org.jspecify.annotations.NullMarked;
