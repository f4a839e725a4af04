package dev.workerclient.benchmarks.brownout;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.server.Behaviour;
import java.time.Duration;
import java.util.List;

/**
 * What happens to a service.
 *
 * @param weather in order
 */
record Scenario(
    String title, String method, int routes, int perSecond, Duration time, List<Weather> weather) {
  private static final int PER_SECOND = 80;

  /** What loads the classes. */
  static final Scenario WARM_UP = often("", "GET", 2, Duration.ofSeconds(1), List.of());

  /** Those of which most calls can be answered. */
  static List<Scenario> brownouts(Form form) {
    Duration time = Duration.ofSeconds(form.of(10, 60));
    Duration third = time.dividedBy(3);
    List<Weather> outage =
        List.of(
            new Weather(third, Behaviour.FAILS, 100),
            Weather.healthyFrom(third.plus(Duration.ofSeconds(1))));
    List<Weather> slowStart =
        List.of(Weather.always(Behaviour.HANGS, 100), Weather.healthyFrom(Duration.ofSeconds(2)));
    return List.of(
        often("20 % of requests fail, GET", "GET", 1, time, failing(20)),
        often("30 % of requests fail, GET", "GET", 1, time, failing(30)),
        often("20 % of requests fail, POST", "POST", 1, time, failing(20)),
        often("20 % on both of two routes, GET", "GET", 2, time, failing(20)),
        often("an outage of 1 s in " + time.toSeconds() + " s, GET", "GET", 1, time, outage),
        often("nothing in the first 2 s, GET", "GET", 1, time, slowStart),
        often(
            "5 % of requests are not answered in time, GET",
            "GET", 1, time, List.of(Weather.always(Behaviour.HANGS, 5))));
  }

  /** Those of a service that answers nothing for that long, and then is healthy. */
  static List<Scenario> outages(Duration dead) {
    Duration time = dead.plus(Duration.ofSeconds(6));
    List<Weather> weather =
        List.of(Weather.always(Behaviour.FAILS, 100), Weather.healthyFrom(dead));
    return List.of(
        often(PER_SECOND + " calls a second, GET", "GET", 1, time, weather),
        often(PER_SECOND + " calls a second, POST", "POST", 1, time, weather),
        new Scenario("a call a second, GET", "GET", 1, 1, time, weather));
  }

  private static Scenario often(
      String title, String method, int routes, Duration time, List<Weather> weather) {
    return new Scenario(title, method, routes, PER_SECOND, time, weather);
  }

  private static List<Weather> failing(int percent) {
    return List.of(Weather.always(Behaviour.FAILS, percent));
  }
}
