package dev.workerclient.benchmarks.silent;

import static dev.workerclient.benchmarks.page.Numbers.whole;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.peer.AtOnce;
import dev.workerclient.benchmarks.peer.Peer;
import dev.workerclient.benchmarks.peer.PeerClient;
import dev.workerclient.benchmarks.peer.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Measures how long it takes until a client finds another connection than the silent one. */
public final class Silent {
  private static final String HEAD =
      """
      ## A silent HTTP/2 connection

      After three GETs, the network drops everything on the client's connection, in both directions, without closing it; new
      connections are not affected. The client sends one GET after another, 100 ms apart, until one is answered: the table
      shows how long that takes, and how many calls fail before. An attempt may take 3 s and a call 10 s
      (worker-client's defaults; raw OkHttp has a read timeout of 3 s, the chain by hand and java.net.http a timeout of 3 s
      for an attempt), or both 700 ms.

      """;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int BEFORE = 3;
  private static final int MOST_FAILURES = 20;
  private static final long BETWEEN = 100_000_000;

  private record Outcome(long millis, int failed, boolean answered) {}

  private Silent() {}

  /** Measures, for up to a minute. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    try (Server server =
        Server.builder()
            .localPort(0, SessionProtocol.HTTP)
            .service("/", (context, request) -> HttpResponse.of("{}"))
            .build()) {
      server.start().join();
      int port = server.activeLocalPort();
      text.append("### The defaults\n\n");
      text.append(compare(port, Duration.ofSeconds(3), Duration.ofSeconds(10))).append('\n');
      text.append("### Calls of 700 ms\n\n");
      text.append(compare(port, Duration.ofMillis(700), Duration.ofMillis(700)));
    }
    return new Section(text.toString());
  }

  private static Table compare(int port, Duration attempt, Duration call) throws Exception {
    Map<Peer, Outcome> outcomes =
        AtOnce.run(
            Peer.distinct(),
            peer -> {
              try (SilentRelay relay = new SilentRelay(port);
                  PeerClient client =
                      peer.connect(new Target(List.of(relay.url()), "/", attempt, call, true))) {
                return run(relay, client);
              }
            });
    Table table = new Table("", "answered again after, ms", "calls that failed before");
    outcomes.forEach(
        (peer, outcome) ->
            table.row(
                peer.title(),
                outcome.answered() ? whole(outcome.millis()) : "not in " + whole(outcome.millis()),
                whole(outcome.failed())));
    return table;
  }

  private static Outcome run(SilentRelay relay, PeerClient client) throws Exception {
    for (int answered = 0, failures = 0; answered < BEFORE; ) {
      try {
        client.call("GET");
        answered++;
      } catch (Exception e) { // The machine stalls.
        if (++failures > MOST_FAILURES) {
          throw e;
        }
      }
    }
    relay.silence();
    long start = System.nanoTime();
    int failed = 0;
    while (System.nanoTime() - start < LONGEST.toNanos()) {
      try {
        client.call("GET");
        return new Outcome(millisSince(start), failed, true);
      } catch (Exception e) {
        failed++;
        LockSupport.parkNanos(BETWEEN);
      }
    }
    return new Outcome(millisSince(start), failed, false);
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
