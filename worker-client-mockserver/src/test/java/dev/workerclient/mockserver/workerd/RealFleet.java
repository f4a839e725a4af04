package dev.workerclient.mockserver.workerd;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The fleet on one runtime. One process serves all tests; each counts from where it begins. */
final class RealFleet {
  static final String TOKEN = "fleet-token-0123456789-0123456789-abcdef";

  private static final Map<Installed, RealFleet> RUNNING = new ConcurrentHashMap<>();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); // No Upgrade header.

  private final WorkerdServer workerd;

  private RealFleet(Installed runtime) {
    workerd =
        WorkerdServer.builder()
            .config(Installed.config("fleet.capnp"))
            .binary(runtime.binary())
            .awaitSockets("proxy", "direct-behaves")
            .start();
  }

  /** Returns the fleet, or ends the test where it can't run here. */
  static RealFleet on(Installed runtime) {
    runtime.require();
    return RUNNING.computeIfAbsent(runtime, RealFleet::new);
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
