package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * A process with threads that each call at their pace; a call that takes longer delays the next.
 */
final class BrownOutClient {
  private final BrownOut scenario;
  private final Timeline time;
  private final Random random;
  private final Library library;
  private final BrownOutResult result = new BrownOutResult();

  private BrownOutClient(BrownOut scenario, Policy policy, VirtualTime virtual, long seed) {
    this.scenario = scenario;
    this.time = new Timeline(virtual);
    this.random = new Random(seed);
    this.library =
        new Library(
            time,
            random,
            policy,
            scenario.routes(),
            Duration.ofMillis(scenario.attemptLimit()),
            this::begin);
  }

  /** Runs the scenario once for each seed below that number. */
  static BrownOutResult run(BrownOut scenario, Policy policy, Executor threads, int seeds) {
    BrownOutResult all = new BrownOutResult();
    for (int seed = 0; seed < seeds; seed++) {
      all.add(run(scenario, policy, threads, (long) seed));
    }
    return all;
  }

  static BrownOutResult run(BrownOut scenario, Policy policy, Executor threads, long seed) {
    VirtualTime virtual = new VirtualTime(threads);
    BrownOutClient client = new BrownOutClient(scenario, policy, virtual, seed);
    long pace = scenario.pace() * BrownOut.MILLI;
    for (int thread = 0; thread < scenario.threads(); thread++) {
      client.callAt((long) (pace * client.random.nextDouble()));
    }
    virtual.run();
    return client.result;
  }

  private void callAt(long start) {
    if (start < scenario.seconds() * SECOND) {
      time.at(start, () -> call(start));
    }
  }

  private void call(long start) {
    boolean answered = library.call(scenario.repeatable());
    result.called(start, time.now(), answered);
    callAt(Math.max(time.now(), start + scenario.pace() * BrownOut.MILLI));
  }

  private Attempts.End begin(boolean onProxy, long limit, int number) {
    long now = time.now();
    result.requested(now, onProxy);
    SimulatedService.Reply reply = scenario.service().reply(now, onProxy, random);
    return reply.nanos() > limit
        ? new Attempts.End(now + limit, Fault.HANG)
        : new Attempts.End(now + reply.nanos(), reply.fault());
  }
}
