package dev.workerclient.mockserver.chaos;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What one call is to be.
 *
 * @param id its own, told to the target
 * @param kind how it is sent
 * @param wiring what its service's routes are
 * @param bodyBytes of its request, where that has a body
 * @param lines of its answer
 * @param chunked whether the target sends no length
 * @param time its whole time
 */
record PlannedCall(
    String id, Kind kind, Wiring wiring, int bodyBytes, int lines, boolean chunked, Duration time) {
  static final Duration CALL_TIME = Duration.ofSeconds(1);

  /** Enough for one attempt and the start of another. */
  private static final Duration SHORT_TIME = Duration.ofMillis(400);

  enum Kind {
    GET,
    POST,
    KEYED_POST
  }

  /** Each is the name of a service. */
  enum Wiring {
    /** The binding proxy with faults, then a custom domain with faults. */
    PROXY_FIRST,
    /** The same two the other way round. */
    DOMAIN_FIRST,
    /** The binding proxy with faults, then a custom domain without. */
    STEADY_DOMAIN,
    /** A custom domain that takes no connection, then the binding proxy with faults. */
    DEAD_DOMAIN
  }

  /** Draws the call of that id, the same for the same seed. */
  static PlannedCall draw(long seed, String id) {
    SplittableRandom random = new SplittableRandom(seed + id.hashCode());
    return new PlannedCall(
        id,
        pick(random, Kind.GET, Kind.GET, Kind.POST, Kind.POST, Kind.KEYED_POST),
        pick(
            random,
            Wiring.PROXY_FIRST,
            Wiring.DOMAIN_FIRST,
            Wiring.STEADY_DOMAIN,
            Wiring.DEAD_DOMAIN),
        random.nextInt(10) == 0 ? 20_000 : random.nextInt(500),
        random.nextInt(10) == 0 ? 2_000 : 1 + random.nextInt(30),
        random.nextBoolean(),
        random.nextInt(10) == 0 ? SHORT_TIME : CALL_TIME);
  }

  @SafeVarargs
  private static <T> T pick(SplittableRandom random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  boolean isRepeatable() {
    return kind != Kind.POST;
  }

  WorkerRequest request(WorkerClient client) {
    String method = kind == Kind.GET ? "GET" : "POST";
    WorkerRequest request =
        client
            .service(wiring.name())
            .request(method, "/run")
            .query("id", id)
            .query("lines", Integer.toString(lines))
            .timeout(time);
    if (chunked) {
      request.query("chunked", "");
    }
    if (kind != Kind.GET) {
      request.body(new byte[bodyBytes], "application/octet-stream");
    }
    return kind == Kind.KEYED_POST ? request.idempotencyKey(id) : request;
  }

  /** What the target answers when it has read all of the request. */
  String answer() {
    String line = kind == Kind.GET ? "GET " + id + " 0\n" : "POST " + id + " " + bodyBytes + "\n";
    return line.repeat(lines);
  }
}
