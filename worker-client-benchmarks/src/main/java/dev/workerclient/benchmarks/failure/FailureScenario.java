package dev.workerclient.benchmarks.failure;

import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What happens to the first route, from one moment on; both answer after 5 ms before. */
public enum FailureScenario {
  HANGS("The first route hangs", Behaviour.HANGS, Duration.ofSeconds(30), true),
  HANGS_PROBED(
      "The first route hangs, breakers stay open for 1 s",
      Behaviour.HANGS,
      Duration.ofSeconds(1),
      false),
  FAILS_FAST(
      "The first route answers error 1042", Behaviour.FAILS_FAST, Duration.ofSeconds(30), true),
  FLAPS(
      "The first route hangs every other second, breakers stay open for 1 s",
      Behaviour.FLAPS,
      Duration.ofSeconds(1),
      true);

  private static final int SERVICE_MILLIS = 5;

  private final String title;
  private final Behaviour behaviour;
  private final Duration openTime;
  private final boolean withoutBreakers;

  FailureScenario(String title, Behaviour behaviour, Duration openTime, boolean withoutBreakers) {
    this.title = title;
    this.behaviour = behaviour;
    this.openTime = openTime;
    this.withoutBreakers = withoutBreakers;
  }

  String title() {
    return title;
  }

  /** The title of a panel. */
  String shortly() {
    return behaviour.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  List<Rival> rivals() {
    return withoutBreakers
        ? List.of(Rival.values())
        : List.of(Rival.RESILIENCE4J, Rival.WORKER_CLIENT);
  }

  /** What callers and server saw: in health, and then. */
  public record Result(
      Callers.Seen healthy, Callers.Seen failing, ServerProcess.Seen first, int connections) {}

  /** Runs it: well for a moment, then failing for that time. */
  public Result run(Rival rival, ServerProcess server, Duration healthy, Duration failing)
      throws Exception {
    server.behave(0, Behaviour.HEALTHY, SERVICE_MILLIS);
    server.behave(1, Behaviour.HEALTHY, SERVICE_MILLIS);
    server.reset(0);
    server.reset(1);
    try (Callers callers = new Callers();
        TwoRoutes client = rival.connect(server.url(0), server.url(1), openTime)) {
      Callers.Seen before = callers.call(client, healthy.toNanos());
      server.behave(0, behaviour, SERVICE_MILLIS);
      Callers.Seen then = callers.call(client, failing.toNanos());
      ServerProcess.Seen first = server.seen(0);
      return new Result(before, then, first, first.connections() + server.seen(1).connections());
    } finally {
      server.drop(0);
    }
  }
}
