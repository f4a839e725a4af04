package dev.workerclient.mockserver.chaos;

import dev.workerclient.WorkerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bursts of calls with pauses between them, in which all connections are idle, beside other
 * traffic. A pause may be longer than a runtime or a faulty proxy keeps an idle connection.
 */
final class IdleTraffic {
  /** Those that each run has: longer than the faulty proxies wait, and than wrangler's workerd. */
  private static final List<Duration> FIRST =
      List.of(Duration.ofMillis(200), Duration.ofMillis(1_700), Duration.ofMillis(5_600));

  /** One pause of so many is longer than the newest workerd waits, which is 15 s. */
  private static final int LONG_EVERY = 8;

  private static final int LONGEST_MILLIS = 12_000;
  private static final Duration LONG = Duration.ofMillis(15_600);

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch last = new CountDownLatch(1);
  private final FutureTask<List<CallResult>> bursts;

  /** Begins it. */
  IdleTraffic(WorkerClient client, long seed, int atOnce) {
    bursts = new FutureTask<>(() -> send(client, seed, atOnce));
    Thread thread = new Thread(bursts, "idle-traffic");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * How long a connection of a faulty proxy may be idle: half of them until the runtime ends it.
   */
  static Supplier<Duration> idleTimes(long seed) {
    Random random = new Random(seed);
    return () ->
        random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(100 + random.nextInt(1_400));
  }

  private List<CallResult> send(WorkerClient client, long seed, int atOnce)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<CallResult> results = new ArrayList<>();
    boolean more = true;
    for (int burst = 0; more; burst++) {
      results.addAll(Traffic.send(client, seed, "idle" + burst + "x", atOnce, atOnce));
      if (burst < FIRST.size()) {
        boolean unused = never.await(FIRST.get(burst).toMillis(), TimeUnit.MILLISECONDS);
      } else {
        more = !last.await(pause(random).toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    return results;
  }

  private static Duration pause(SplittableRandom random) {
    return random.nextInt(LONG_EVERY) == 0
        ? LONG
        : Duration.ofMillis(random.nextInt(LONGEST_MILLIS));
  }

  /** Ends it with the burst that is due, and returns what became of all its calls. */
  List<CallResult> end() throws Exception {
    last.countDown();
    return bursts.get();
  }
}
