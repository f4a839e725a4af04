package dev.workerclient.benchmarks.idle;

import static dev.workerclient.benchmarks.page.Numbers.whole;

import dev.workerclient.benchmarks.Form;
import dev.workerclient.benchmarks.page.Section;
import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.peer.AtOnce;
import dev.workerclient.benchmarks.peer.Peer;
import dev.workerclient.benchmarks.peer.PeerClient;
import dev.workerclient.benchmarks.peer.Target;
import dev.workerclient.workerd.WorkerdServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures how many POSTs fail that come after a pause, and what it costs that none does. */
public final class Idle {
  private static final String HEAD =
      """
      ## Idle connections

      A client sends a POST, pauses, and sends the next one; then %d GETs at once. The server closes idle connections
      without notice. All clients run at the same time, each with its own connections. If there are more requests than
      calls, requests were sent twice.

      """;
  private static final Path PROXY = Path.of("../binding-proxy");
  private static final Duration IDLE_TIME = Duration.ofMillis(50);
  private static final List<Peer> PEERS =
      List.of(Peer.WORKER_CLIENT, Peer.RESILIENCE4J, Peer.OKHTTP, Peer.OKHTTP_ONCE, Peer.JDK);

  /** A version of the real runtime, and pauses that are longer than it keeps idle connections. */
  private record Version(String title, String folder, int pauseSeconds, int posts) {}

  private static final List<Version> VERSIONS =
      List.of(
          new Version("the oldest workerd", "test/runtimes", 6, 20),
          new Version("the newest workerd", "", 6, 20),
          new Version("the newest workerd", "", 16, 8));

  private Idle() {}

  /** Measures, for one to ten minutes; says so if workerd is not installed. */
  public static Section measure(Form form) throws Exception {
    StringBuilder text = new StringBuilder(HEAD.formatted(Pauses.GETS));
    int posts = form.of(5, 20);
    for (int ago :
        form == Form.FULL ? new int[] {100, 150, 1_300, 9_200} : new int[] {100, 1_300}) {
      text.append("### Closed ").append(whole(ago)).append(" ms ago\n\n");
      text.append(closed(posts, Duration.ofMillis(ago))).append('\n');
    }
    text.append("### While the connection is open; medians\n\n");
    text.append(lookCost(form.of(15, 60))).append('\n');
    for (Version version : VERSIONS) {
      text.append("### On ").append(version.title()).append(", a POST every ");
      text.append(version.pauseSeconds()).append(" s\n\n");
      text.append(onWorkerd(version, form.of(3, version.posts()))).append('\n');
    }
    return new Section(text.toString());
  }

  private static Table closed(int posts, Duration ago) throws Exception {
    Table table = new Table("", "POSTs failed", "then GETs failed", "calls", "requests");
    Pauses pauses = new Pauses(posts, IDLE_TIME.plus(ago));
    Map<Peer, String[]> rows =
        AtOnce.run(
            PEERS,
            peer -> {
              try (ClosingServer server = new ClosingServer(IDLE_TIME);
                  PeerClient client = connect(peer, server.url(), "/")) {
                Pauses.Outcome outcome = pauses.run(client);
                return new String[] {
                  peer.title(),
                  outcome.failedPosts() + " of " + posts,
                  outcome.failedGets() + " of " + Pauses.GETS,
                  whole(posts + Pauses.GETS),
                  whole(server.requests())
                };
              }
            });
    rows.values().forEach(table::row);
    return table;
  }

  private static Table lookCost(int rounds) throws Exception {
    try (ClosingServer server = new ClosingServer(Duration.ofMinutes(1));
        PeerClient raw = connect(Peer.OKHTTP, server.url(), "/");
        PeerClient client = connect(Peer.WORKER_CLIENT, server.url(), "/")) {
      return new LookCost(raw, client).measure(rounds);
    }
  }

  private static String onWorkerd(Version version, int posts) throws Exception {
    Path binary = PROXY.resolve(version.folder()).resolve("node_modules/workerd/bin/workerd");
    if (!Files.exists(binary) || !Files.exists(PROXY.resolve("dist/binding-proxy.js"))) {
      return "Not measured: it is not installed; put `binding-proxy,` first in `-pl`.\n";
    }
    Table table = new Table("", "POSTs failed", "then GETs failed");
    Pauses pauses = new Pauses(posts, Duration.ofSeconds(version.pauseSeconds()));
    try (WorkerdServer server =
        WorkerdServer.builder()
            .config(PROXY.resolve("test/fleet/chaos.capnp"))
            .binary(binary)
            .awaitSockets("direct-ledger")
            .start()) {
      Map<Peer, Pauses.Outcome> outcomes =
          AtOnce.run(
              PEERS,
              peer -> {
                try (PeerClient client = connect(peer, server.url("direct-ledger"), "/health")) {
                  return pauses.run(client);
                }
              });
      outcomes.forEach(
          (peer, outcome) ->
              table.row(
                  peer.title(),
                  outcome.failedPosts() + " of " + posts,
                  outcome.failedGets() + " of " + Pauses.GETS));
    }
    return table.toString();
  }

  private static PeerClient connect(Peer peer, String url, String path) {
    Duration attempt = Duration.ofSeconds(3);
    return peer.connect(new Target(List.of(url), path, attempt, Duration.ofSeconds(10), false));
  }
}
