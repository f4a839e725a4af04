package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.util.List;
import java.util.Random;

/**
 * A service that answers less than everything, and one process that calls it.
 *
 * @param name in the table
 * @param routes one or two
 * @param repeatable whether its calls are GETs, rather than POSTs
 * @param attemptLimit the attempt timeout in milliseconds
 * @param pace the time from a thread's call to its next, in milliseconds
 * @param seconds how long it is watched
 * @param service how a request ends
 */
record BrownOut(
    String name,
    int routes,
    boolean repeatable,
    int attemptLimit,
    int threads,
    int pace,
    int seconds,
    Service service) {
  static final long MILLI = 1_000_000;
  private static final int LIMIT = 3_000;
  private static final SimulatedService.Reply HANGS =
      new SimulatedService.Reply(Fault.HANG, Long.MAX_VALUE);

  /** From when to when a service is dead that comes back. */
  static final int DEAD = 10;

  static final int BACK = 40;

  /** Each of these must be as good as without breakers. */
  static final List<BrownOut> TABLE =
      List.of(
          gets("10 % of requests fail", 1, 0.1),
          gets("20 %", 1, 0.2),
          gets("30 %", 1, 0.3),
          of("10 %, POST", 1, false, LIMIT, failing(0.1)),
          of("20 %, POST", 1, false, LIMIT, failing(0.2)),
          gets("20 % on both of two routes", 2, 0.2),
          gets("30 % on both of two routes", 2, 0.3),
          of("an outage of 1 s", 1, true, LIMIT, failingWithin(30_000, 31_000)),
          of("nothing in the first 2 s, limit 300 ms", 1, true, 300, hangingWithin(0, 2_000)),
          of("5 % of answers over the attempt limit", 1, true, 500, share(0.05, HANGS)),
          of("p50 20 ms, p99 200 ms, limit 150 ms, two routes", 2, true, 150, BrownOut::skewed));

  static final BrownOut FIRST_ROUTE_HANGS_EVERY_OTHER_SECOND =
      of(
          "the first of two routes hangs every other second",
          2,
          true,
          500,
          (now, onProxy, random) -> onProxy && now / SECOND % 2 == 1 ? HANGS : answer(random));

  static final BrownOut FIRST_ROUTE_DIES =
      of(
          "the first of two routes hangs from 10 s on",
          2,
          true,
          LIMIT,
          (now, onProxy, random) -> onProxy && now >= DEAD * SECOND ? HANGS : answer(random));

  static final BrownOut FIRST_ROUTE_SLOW_NOW_AND_THEN =
      gets(
          "10 % of the first route's answers take ten times as long",
          (now, onProxy, random) ->
              onProxy && random.nextDouble() < 0.1 ? late(random) : answer(random));

  static final BrownOut SLOW_NOW_AND_THEN =
      gets(
          "10 % of both routes' answers take ten times as long",
          (now, onProxy, random) -> random.nextDouble() < 0.1 ? late(random) : answer(random));

  static final BrownOut BOTH_SLOW =
      gets(
          "all answers take ten times as long from 10 s on",
          (now, onProxy, random) -> now >= DEAD * SECOND ? late(random) : answer(random));

  static final BrownOut OFTEN = dead("dead for 30 s, 80 calls a second", 8, 100);
  static final BrownOut SELDOM = dead("dead for 30 s, one call a second", 1, 1_000);

  /** How a request ends that arrives now. */
  @FunctionalInterface
  interface Service {
    SimulatedService.Reply reply(long now, boolean onProxy, Random random);
  }

  private static BrownOut gets(String name, int routes, double share) {
    return of(name + ", GET", routes, true, LIMIT, failing(share));
  }

  private static BrownOut gets(String name, Service service) {
    return of(name, 2, true, LIMIT, service);
  }

  private static SimulatedService.Reply late(Random random) {
    return new SimulatedService.Reply(null, 10 * answer(random).nanos());
  }

  private static BrownOut of(
      String name, int routes, boolean repeatable, int attemptLimit, Service service) {
    return new BrownOut(name, routes, repeatable, attemptLimit, 8, 100, 60, service);
  }

  private static BrownOut dead(String name, int threads, int pace) {
    return new BrownOut(
        name, 1, true, LIMIT, threads, pace, 60, failingWithin(DEAD * 1_000, BACK * 1_000));
  }

  private static Service failing(double share) {
    return share(share, new SimulatedService.Reply(Fault.BREAK, 20 * MILLI));
  }

  private static Service share(double share, SimulatedService.Reply reply) {
    return (now, onProxy, random) -> random.nextDouble() < share ? reply : answer(random);
  }

  private static Service failingWithin(int from, int to) {
    return within(from, to, new SimulatedService.Reply(Fault.BREAK, 20 * MILLI));
  }

  private static Service hangingWithin(int from, int to) {
    return within(from, to, HANGS);
  }

  private static Service within(int from, int to, SimulatedService.Reply reply) {
    return (now, onProxy, random) ->
        now >= from * MILLI && now < to * MILLI ? reply : answer(random);
  }

  static SimulatedService.Reply answer(Random random) {
    return new SimulatedService.Reply(null, (long) ((15 + 10 * random.nextDouble()) * MILLI));
  }

  /** Log-normal: half within 20 ms, 99 % within 200 ms. */
  private static SimulatedService.Reply skewed(long now, boolean onProxy, Random random) {
    double millis = 20 * StrictMath.exp(random.nextGaussian() * 0.99);
    return new SimulatedService.Reply(null, (long) (millis * MILLI));
  }
}
