package dev.workerclient.internal.route;

/**
 * A failure that says something of its route.
 *
 * @param symptom what it says, not {@link RouteSymptom#UNKNOWN}
 * @param undelivered whether it is proven that nothing reached the target
 * @param nanos how long the attempt took
 * @param summary what failed, in one line
 */
public record RouteFailure(RouteSymptom symptom, boolean undelivered, long nanos, String summary) {}
