package dev.workerclient.benchmarks.brownout;

import dev.workerclient.benchmarks.server.Behaviour;
import java.time.Duration;

/** How the service behaves from that time of a run on: that percent of requests, on all routes. */
record Weather(Duration from, Behaviour behaviour, int percent) {
  static Weather always(Behaviour behaviour, int percent) {
    return new Weather(Duration.ZERO, behaviour, percent);
  }

  static Weather healthyFrom(Duration from) {
    return new Weather(from, Behaviour.HEALTHY, 100);
  }
}
