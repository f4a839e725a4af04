package dev.workerclient.internal.health;

import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks every route of every service, and the binding proxy, at the same time. Thread-safe. */
public final class HealthRound {
  /** A busy machine is late with timers; what has a cause of its own should say it. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private final List<Subject> subjects;
  private final Transport transport;

  /** Made for the first round, and kept: a task that still runs is not started again. */
  private @Nullable List<Asked> services;

  private final @Nullable ProxyCheck proxy;
  private final @Nullable Task<Inquiry> proxyTask;
  private final Executor executor;
  private final Duration longest;

  /**
   * Makes a round.
   *
   * @param proxy the binding proxy that all services share, or null
   * @param limits the limits of the request to it
   * @param executor runs {@code places} requests at once
   */
  public HealthRound(
      List<Subject> subjects,
      @Nullable ProxyReportRoute proxy,
      CallLimits limits,
      Transport transport,
      Executor executor,
      int places) {
    this.subjects = List.copyOf(subjects);
    this.transport = transport;
    int requests = 0;
    for (Subject subject : subjects) {
      requests += subject.chain().size();
    }
    this.proxy = proxy == null ? null : new ProxyCheck(proxy, transport, limits);
    this.proxyTask = this.proxy == null ? null : new Task<>(this.proxy::ask);
    this.executor = executor;
    long turns = 1L + requests / places;
    // Each request ends by itself at its limit; this is for what can't be cancelled.
    this.longest = limits.callTime().multipliedBy(turns).multipliedBy(21).dividedBy(20).plus(SLACK);
  }

  /**
   * Asks, on the executor's threads, and waits.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   */
  public Result run() {
    List<Asked> services = services();
    CompletableFuture<Inquiry> report = proxyTask == null ? null : proxyTask.start(executor);
    List<List<CompletableFuture<Inquiry>>> started = new ArrayList<>(services.size());
    for (Asked service : services) {
      started.add(service.tasks.stream().map(task -> task.start(executor)).toList());
    }
    long end = System.nanoTime() + longest.toNanos();
    ProxyHealth said =
        proxy == null || report == null ? null : proxy.health(Task.await(report, end));
    List<ServiceHealth> healths = new ArrayList<>(services.size());
    for (int i = 0; i < services.size(); i++) {
      healths.add(services.get(i).health(started.get(i), said, end));
    }
    return new Result(healths, said);
  }

  private synchronized List<Asked> services() {
    List<Asked> made = services;
    if (made == null) {
      made = subjects.stream().map(subject -> Asked.of(subject, transport)).toList();
      services = made;
    }
    return made;
  }

  /**
   * What came of a round.
   *
   * @param proxy null where there is no binding proxy
   */
  public record Result(List<ServiceHealth> services, @Nullable ProxyHealth proxy) {}

  /** A service with a check and its task for each route. */
  private record Asked(Subject subject, List<RouteCheck> checks, List<Task<Inquiry>> tasks) {
    static Asked of(Subject subject, Transport transport) {
      List<RouteCheck> checks =
          subject.chain().stream()
              .map(guarded -> new RouteCheck(subject, guarded, transport))
              .toList();
      return new Asked(
          subject, checks, checks.stream().map(check -> new Task<>(check::ask)).toList());
    }

    ServiceHealth health(
        List<CompletableFuture<Inquiry>> inquiries, @Nullable ProxyHealth said, long end) {
      List<RouteHealth> routes = new ArrayList<>(checks.size());
      for (int i = 0; i < checks.size(); i++) {
        boolean throughProxy = subject.chain().get(i).route() instanceof BindingProxyRoute;
        routes.add(
            checks
                .get(i)
                .health(
                    Task.await(inquiries.get(i), end),
                    said != null && throughProxy ? said.binding(subject.service()) : null));
      }
      return new ServiceHealth(subject.service(), routes);
    }
  }
}
