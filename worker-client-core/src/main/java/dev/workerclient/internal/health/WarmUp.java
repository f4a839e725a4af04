package dev.workerclient.internal.health;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.health.Target.Reply;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Connects to every route of every service before calls do. OkHttp makes a connection only for a
 * request, and keeps one of HTTP/1.1 only after a response: so each address is sent a GET, to a
 * health path or to what answers in front of the target. Thread-safe.
 */
public final class WarmUp {
  /** No attempt's limit: the first connection of a JVM loads the classes of TLS as well. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Limits LIMITS = new Limits(LIMIT, LIMIT, LIMIT, 1 << 20);

  /** For two requests, one after the other, and a machine that is busy. */
  private static final Duration LONGEST = LIMIT.multipliedBy(2).plusMillis(500);

  /**
   * What Cloudflare answers by itself on each domain that it proxies
   * (developers.cloudflare.com/fundamentals/reference/cdn-cgi-endpoint).
   */
  private static final String EDGE_PATH = "/cdn-cgi/trace";

  private final List<Target> targets;
  private final @Nullable ProxyReportRoute proxy;
  private final Transport transport;
  private final Executor executor;
  private final Shared<List<ServiceError>> shared = Shared.whileRunning(this::connect);

  /**
   * Makes it.
   *
   * @param proxy the binding proxy that all services share, or null
   */
  public WarmUp(
      List<Target> targets,
      @Nullable ProxyReportRoute proxy,
      Transport transport,
      Executor executor) {
    this.targets = List.copyOf(targets);
    this.proxy = proxy;
    this.transport = transport;
    this.executor = executor;
  }

  /**
   * Connects, on the executor's threads, and waits; returns an error for each route from which
   * nothing came. Who asks while it runs gets the same.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   */
  public List<ServiceError> run() {
    return shared.get();
  }

  private List<ServiceError> connect() {
    // The first to an address connects; over HTTP/2 the others then share its connection.
    Map<HttpUrl, CompletableFuture<Optional<ServiceError>>> first = new HashMap<>();
    List<Opening> openings = new ArrayList<>();
    for (Target target : targets) {
      for (GuardedRoute guarded : target.chain()) {
        Request request = request(target, guarded.route());
        CompletableFuture<Optional<ServiceError>> before = first.get(request.address());
        CompletableFuture<Optional<ServiceError>> reply =
            before == null
                ? CompletableFuture.supplyAsync(request::send, executor)
                : before.thenApplyAsync(request::sendAfter, executor);
        first.putIfAbsent(request.address(), reply);
        openings.add(new Opening(target, reply));
      }
    }
    long end = System.nanoTime() + LONGEST.toNanos();
    return openings.stream().flatMap(opening -> opening.await(end).stream()).toList();
  }

  private Request request(Target target, Route route) {
    if (target.healthPath() != null) {
      return request(target, route, target.healthPath());
    }
    return route instanceof CustomDomainRoute domain
        ? request(target, domain.toEdge(), EDGE_PATH)
        : request(target, Objects.requireNonNull(proxy).ofBinding(target.service()), "/");
  }

  private Request request(Target target, Route way, String path) {
    CallSpec spec = CallSpec.get(target.service(), path, null, LIMITS);
    return new Request(spec, way, target.healthPath() != null, transport);
  }

  /** A GET by one route. */
  private record Request(CallSpec spec, Route way, boolean reachesTarget, Transport transport) {
    HttpUrl address() {
      return Objects.requireNonNull(way.url(spec).resolve("/"));
    }

    /** Returns why nothing came back; empty if a response did, whatever it says. */
    Optional<ServiceError> send() {
      Reply reply = Reply.to(spec, way, transport);
      return reply.outcome() instanceof Outcome.Failed failed && failed.failure().status() == 0
          ? Optional.of(reply.error(failed))
          : Optional.empty();
    }

    Optional<ServiceError> sendAfter(Optional<ServiceError> first) {
      return first.isEmpty() && !reachesTarget ? first : send();
    }
  }

  /** A request that was begun, or will be. */
  private record Opening(Target target, CompletableFuture<Optional<ServiceError>> reply) {
    Optional<ServiceError> await(long end) {
      Optional<ServiceError> error = Shared.await(reply, end);
      return error == null ? Optional.of(target.late("5 seconds")) : error;
    }
  }
}
