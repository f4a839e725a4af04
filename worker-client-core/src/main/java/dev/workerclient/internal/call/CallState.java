package dev.workerclient.internal.call;

/**
 * What {@link ResendPolicy} knows of a call.
 *
 * @param repeatable whether running it twice does no harm
 * @param sendable whether its body can be sent once more
 * @param stopped whether it was cancelled, or its thread interrupted
 * @param attemptsLeft how many more attempts it may make
 * @param nanosLeft until its deadline
 * @param passes whether it may go through the routes more than once
 * @param pooledConnection whether the last attempt may have used a connection of the pool
 * @param credentialMayChange whether the route's credential can be read anew, and was not yet
 * @param otherRoute whether another route can be asked in this pass
 * @param nanosUntilPass until a route can be asked in another pass; negative for never
 */
record CallState(
    boolean repeatable,
    boolean sendable,
    boolean stopped,
    int attemptsLeft,
    long nanosLeft,
    boolean passes,
    boolean pooledConnection,
    boolean credentialMayChange,
    boolean otherRoute,
    long nanosUntilPass) {}
