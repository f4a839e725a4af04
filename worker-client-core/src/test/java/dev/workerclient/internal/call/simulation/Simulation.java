package dev.workerclient.internal.call.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs scenarios, one after the other, each in its own virtual time. */
final class Simulation implements AutoCloseable {
  private static final long STACK_BYTES = 256 << 10;
  private static final int BROWN_OUT_SEEDS = 3;

  private final Map<Run, Measurements> results = new HashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(null, task, "simulated", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
          });

  /** What comes of the scenario under that policy; run once. */
  Measurements of(Scenario scenario, Policy policy) {
    return results.computeIfAbsent(new Run(scenario, policy), run -> run(scenario, policy));
  }

  /** What comes of the brown-out under that policy, with a few seeds. */
  BrownOutResult of(BrownOut scenario, Policy policy) {
    return BrownOutClient.run(scenario, policy, threads, BROWN_OUT_SEEDS);
  }

  private record Run(Scenario scenario, Policy policy) {}

  private Measurements run(Scenario scenario, Policy policy) {
    Measurements measurements = new Measurements();
    for (int instance = 0; instance < scenario.instances(); instance++) {
      run(scenario, policy, instance, measurements);
    }
    return measurements;
  }

  private void run(Scenario scenario, Policy policy, int instance, Measurements measurements) {
    VirtualTime time = new VirtualTime(threads);
    SimulatedService service = new SimulatedService(scenario);
    Random seeds = new Random(instance);
    for (int i = 0; i < scenario.clients(); i++) {
      Random random = new Random(seeds.nextLong());
      Attempts attempts = new Attempts(new Timeline(time), service, random, measurements);
      policy.client(attempts, scenario.period()).start();
    }
    time.run();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
