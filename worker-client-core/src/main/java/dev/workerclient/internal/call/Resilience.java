package dev.workerclient.internal.call;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What the calls of one service share to be sent again.
 *
 * @param budget what sending again may cost
 * @param sleeper waits between attempts
 * @param clock tells the time that a date in {@code Retry-After} is counted from
 * @param random from 0 to 1, for jitter
 */
public record Resilience(
    RetryBudget budget, Sleeper sleeper, InstantSource clock, DoubleSupplier random) {}
