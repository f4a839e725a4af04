package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.WorkerdServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The fleet on one runtime. One process serves all tests; each counts from where it begins. */
final class RealFleet {
  static final String TOKEN = "fleet-token-0123456789-0123456789-abcdef";
  static final Path PROXY_FOLDER = proxyFolder();

  private static final Path CONFIG = PROXY_FOLDER.resolve("test/fleet/fleet.capnp");
  private static final Path BUNDLE = PROXY_FOLDER.resolve("dist/binding-proxy.js");
  private static final Map<Installed, RealFleet> RUNNING = new ConcurrentHashMap<>();
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final WorkerdServer workerd;

  private RealFleet(Installed runtime) {
    workerd =
        WorkerdServer.builder()
            .config(CONFIG)
            .binary(runtime.binary())
            .awaitSockets("proxy", "direct-behaves")
            .start();
  }

  /** Returns the fleet, or ends the test where it can't run here. */
  static RealFleet on(Installed runtime) {
    requireThere(runtime, runtime.binary(), "run npm ci in binding-proxy");
    requireThere(runtime, BUNDLE, "run npm run build in binding-proxy");
    return RUNNING.computeIfAbsent(runtime, RealFleet::new);
  }

  private static void requireThere(Installed runtime, Path file, String remedy) {
    if (Files.exists(file)) {
      return;
    }
    String reason = "no " + file + "; " + remedy;
    if ("true".equals(System.getenv("CI"))) {
      fail("with CI=true the tests on " + runtime.name() + " must run: " + reason);
    }
    String message = "tests on " + runtime.name() + " SKIPPED: " + reason;
    if (TOLD.add(message)) {
      System.err.println("==== " + message + " ====");
    }
    abort(message);
  }

  private static Path proxyFolder() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("binding-proxy"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(here.resolve("binding-proxy"));
  }

  String url(String socket) {
    return workerd.url(socket);
  }

  /** A client of the proxy alone. */
  WorkerClient client(String service) {
    return builder(TOKEN).service(service).build();
  }

  /** A client with the binding first and the behaving target as custom domain. */
  WorkerClient clientWithDomain(String service) {
    return builder(TOKEN).service(service, behavingDomain()).build();
  }

  Consumer<ServiceBuilder> behavingDomain() {
    return own -> own.customDomain(url("direct-behaves"));
  }

  WorkerClient.Builder builder(String token) {
    return WorkerClient.builder()
        .bindingProxy(url("proxy"), proxy -> proxy.bearerToken(token))
        .attemptTimeout(Duration.ofSeconds(8));
  }

  /** How often a target ran, told by the target itself, which does not count the question. */
  int runs(String target) {
    return Integer.parseInt(get(url("direct-" + target) + "/runs").body().replaceAll("\\D", ""));
  }

  HttpResponse<String> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
