package dev.workerclient.mockserver.chaos;

import dev.workerclient.mockserver.workerd.Installed;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The binding proxy and a target that counts the runs of each call, in a workerd of their own. */
final class LedgerFleet implements AutoCloseable {
  static final String TOKEN = "fleet-token-0123456789-0123456789-abcdef";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WorkerdServer workerd;

  private LedgerFleet(Installed runtime) {
    workerd =
        WorkerdServer.builder()
            .config(Installed.config("chaos.capnp"))
            .binary(runtime.binary())
            .awaitSockets("proxy", "direct-ledger")
            .start();
  }

  /** Starts the fleet, or ends the test where it can't run here. */
  static LedgerFleet on(Installed runtime) {
    runtime.require();
    return new LedgerFleet(runtime);
  }

  /** The address of {@code proxy} or {@code direct-ledger}. */
  String url(String socket) {
    return workerd.url(socket);
  }

  int port(String socket) {
    return workerd.port(socket);
  }

  /** How often each call ran that did, by its id. The target is one isolate, on one thread. */
  Map<String, Integer> runs() {
    Map<String, Integer> runs = new HashMap<>();
    String ledger = get(url("direct-ledger") + "/ledger");
    for (String line : ledger.lines().toList()) {
      int space = line.indexOf(' ');
      runs.put(line.substring(0, space), Integer.parseInt(line.substring(space + 1)));
    }
    return runs;
  }

  /** Runs the target through the proxy, with nothing of the client under test in between. */
  void runByProxy(String id) {
    get(
        url("proxy") + "/run?lines=1&id=" + id,
        "Binding-Proxy-Authorization",
        "Bearer " + TOKEN,
        "Binding-Proxy-Target",
        "PROXY_FIRST");
  }

  /** The same without the proxy. */
  void runDirectly(String id) {
    get(url("direct-ledger") + "/run?lines=1&id=" + id);
  }

  /** What workerd said. */
  String log() {
    return workerd.log();
  }

  private String get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    try {
      return http.send(
              headers.length == 0 ? request.build() : request.headers(headers).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(workerd.log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    workerd.close();
  }
}
