package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The attempts of one client: what becomes of each is known when it begins. */
record Attempts(Timeline time, SimulatedService service, Random random, Measurements measurements) {
  /** By how much the binding proxy stops waiting before the client does. */
  private static final long PROXY_FIRST = SECOND / 10;

  /**
   * The end of an attempt.
   *
   * @param fault how it fails, or null
   */
  record End(long time, @Nullable Fault fault) {}

  /**
   * Begins an attempt now.
   *
   * @param limit the most nanoseconds that it may take
   * @param number 1 for the call's first
   */
  End begin(boolean onProxy, long limit, int number) {
    long now = time.now();
    SimulatedService.Reply reply = service.reply(time, random);
    measurements.attempted(now, number);
    long most = onProxy ? Math.max(limit - PROXY_FIRST, limit / 2) : limit;
    return reply.fault() == Fault.HANG || reply.nanos() > most
        ? new End(now + most, Fault.HANG)
        : new End(now + reply.nanos(), reply.fault());
  }
}
