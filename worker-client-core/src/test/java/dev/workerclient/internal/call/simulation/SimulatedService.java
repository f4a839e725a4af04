package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One instance of the service, as all routes reach it. */
final class SimulatedService {
  private static final long MILLI = 1_000_000;
  private static final long LATENCY = 20 * MILLI;
  private static final long SLOWEST = 4 * SECOND;
  private static final long LONGEST_QUEUE = 5 * SECOND;

  private final Scenario scenario;
  private long free;

  SimulatedService(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * What a request gets.
   *
   * @param fault how it fails, or null
   * @param nanos after which time; for {@link Fault#HANG} it means nothing
   */
  record Reply(@Nullable Fault fault, long nanos) {}

  /** Takes a request that arrives now. */
  Reply reply(Timeline time, Random random) {
    long now = time.now();
    if (now < Scenario.DEAD * SECOND) {
      long latency = spread(latency(now), random);
      boolean diesFirst = now + latency >= Scenario.DEAD * SECOND;
      return new Reply(diesFirst ? Fault.HANG : null, latency);
    }
    if (now < Scenario.BACK * SECOND) {
      return new Reply(scenario.death().next(random), spread(LATENCY, random));
    }
    time.sync();
    return queued(now, random);
  }

  private static long latency(long now) {
    long slowFor = Math.max(0, now - Scenario.SLOW * SECOND);
    double part = (double) slowFor / ((Scenario.DEAD - Scenario.SLOW) * SECOND);
    return LATENCY + (long) ((SLOWEST - LATENCY) * part);
  }

  /** A queue, whose requests are worked on even where the client has gone. */
  private Reply queued(long now, Random random) {
    long latency = spread(LATENCY, random);
    long begin = Math.max(now, free);
    if (begin - now > LONGEST_QUEUE) {
      return new Reply(Fault.BREAK, latency);
    }
    free = begin + (long) (SECOND / scenario.capacity(begin));
    return new Reply(null, begin - now + latency);
  }

  /** Give or take a quarter. */
  private static long spread(long nanos, Random random) {
    return (long) (nanos * (0.75 + 0.5 * random.nextDouble()));
  }
}
