package dev.workerclient.benchmarks.failure;

import dev.workerclient.benchmarks.server.Behaviour;
import dev.workerclient.benchmarks.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What happens to the first route, or to both, from one moment on; both answer after 5 ms before.
 */
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
      true),
  SLOW_NOW_AND_THEN(
      "10 % of the first route's answers take ten times as long",
      Behaviour.SLOW, 10, false, Duration.ofSeconds(30)),
  SLOW_NOW_AND_THEN_BOTH(
      "10 % of both routes' answers take ten times as long",
      Behaviour.SLOW, 10, true, Duration.ofSeconds(30)),
  SLOW(
      "All answers of both routes take ten times as long",
      Behaviour.SLOW,
      100,
      true,
      Duration.ofSeconds(30));

  private static final int SERVICE_MILLIS = 5;

  private final String title;
  private final Behaviour behaviour;
  private final int percent;
  private final boolean both;
  private final Duration openTime;
  private final boolean withoutBreakers;

  FailureScenario(String title, Behaviour behaviour, Duration openTime, boolean withoutBreakers) {
    this(title, behaviour, 100, false, openTime, withoutBreakers);
  }

  FailureScenario(String title, Behaviour behaviour, int percent, boolean both, Duration openTime) {
    this(title, behaviour, percent, both, openTime, false);
  }

  FailureScenario(
      String title,
      Behaviour behaviour,
      int percent,
      boolean both,
      Duration openTime,
      boolean withoutBreakers) {
    this.title = title;
    this.behaviour = behaviour;
    this.percent = percent;
    this.both = both;
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
    if (behaviour == Behaviour.SLOW) {
      return Rival.BY_LATENCY;
    }
    return withoutBreakers ? Rival.BY_FAILURES : Rival.WITH_BREAKERS;
  }

  /**
   * What callers and server saw: in health, and then.
   *
   * @param requests of both routes since the failure began
   */
  public record Result(
      Callers.Seen healthy,
      Callers.Seen failing,
      ServerProcess.Seen first,
      int requests,
      int connections) {}

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
      int requests = server.seen(0).requests() + server.seen(1).requests();
      server.behave(0, behaviour, SERVICE_MILLIS, percent);
      if (both) {
        server.behave(1, behaviour, SERVICE_MILLIS, percent);
      }
      Callers.Seen then = callers.call(client, failing.toNanos());
      ServerProcess.Seen first = server.seen(0);
      ServerProcess.Seen second = server.seen(1);
      return new Result(
          before,
          then,
          first,
          first.requests() + second.requests() - requests,
          first.connections() + second.connections());
    } finally {
      server.drop(0);
    }
  }
}
