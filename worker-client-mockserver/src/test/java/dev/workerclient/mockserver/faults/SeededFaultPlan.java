package dev.workerclient.mockserver.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws faults by their rates. What is drawn depends on the seed, the request line and how often
 * that line has come, and on nothing else: so a request with an id of its own meets the same faults
 * in each run of one seed, in whatever order the requests come.
 */
public final class SeededFaultPlan implements FaultPlan {
  private record Share(double until, Function<RandomGenerator, Fault> fault) {}

  private final long seed;
  private final List<Share> shares = new ArrayList<>();
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();

  /** Makes a plan without faults. */
  public SeededFaultPlan(long seed) {
    this.seed = seed;
  }

  /** Adds a fault; called before the plan is used. */
  public SeededFaultPlan add(double rate, Function<RandomGenerator, Fault> fault) {
    shares.add(new Share(rate() + rate, fault));
    return this;
  }

  /** The rate of all faults together. */
  public double rate() {
    return shares.isEmpty() ? 0 : shares.get(shares.size() - 1).until();
  }

  @Override
  public Fault next(String requestLine) {
    int ordinal = seen.merge(requestLine, 1, Integer::sum);
    RandomGenerator random =
        new SplittableRandom(seed ^ ((long) requestLine.hashCode() << 32 | ordinal));
    double drawn = random.nextDouble();
    for (Share share : shares) {
      if (drawn < share.until()) {
        return share.fault().apply(random);
      }
    }
    return Faults.NONE;
  }
}
