package dev.workerclient.mockserver;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.internal.route.CustomDomainRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** The clients of one mock, and the responses that they left open. Thread-safe. */
final class MockClients {
  private static final int MOST_CONNECTIONS = 256;
  private static final RetryOptions WITHOUT_BACKOFF =
      RetryOptions.builder()
          .firstBackoff(Duration.ofMillis(1))
          .maxBackoff(Duration.ofMillis(1))
          .build();

  private final OpenResponses open = new OpenResponses();
  private final ConnectionPool pool = new ConnectionPool(MOST_CONNECTIONS, 1, TimeUnit.MINUTES);
  private final OkHttpClient okHttpClient =
      new OkHttpClient.Builder().connectionPool(pool).eventListenerFactory(open).build();
  private AtomicBoolean closed = new AtomicBoolean();
  private final List<WorkerClient> clients = new ArrayList<>();

  WorkerClient.Builder builder(MockWorkers workers, List<MockService> services) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .bindingProxy(workers.proxyUrl(), proxy -> proxy.bearerToken(workers.proxyToken()))
            .okHttpClient(okHttpClient)
            .retry(WITHOUT_BACKOFF);
    for (MockService service : services) {
      builder.service(
          service.name(),
          routes -> {
            if (service.hasCustomDomain()) {
              routes.customDomain(
                  workers.customDomainUrl(service.name()),
                  domain -> domain.rpcPath(FrontDesk.RPC_PATH));
            }
            if (!service.hasBinding()) {
              routes.routes(CustomDomainRoute.NAME);
            }
            service.settings().accept(routes);
          });
    }
    return builder;
  }

  /** Builds a client whose requests end with {@link #close}: a call under way resends no more. */
  synchronized WorkerClient build(WorkerClient.Builder builder) {
    AtomicBoolean over = closed;
    Interceptor stop =
        chain -> {
          if (over.get()) {
            throw new IOException("MockWorkers has closed this client");
          }
          return chain.proceed(chain.request());
        };
    WorkerClient client =
        builder.okHttpClient(okHttpClient.newBuilder().addInterceptor(stop).build()).build();
    clients.add(client);
    return client;
  }

  /** What was asked and answered, and never closed: method, path, route and service of each. */
  List<String> leaks() {
    return open.leaks();
  }

  /**
   * Closes the clients that were built here, and all connections.
   *
   * @param letGo lets the server answer what hangs
   */
  synchronized void close(Runnable letGo) {
    closed.set(true);
    closed = new AtomicBoolean();
    clients.forEach(WorkerClient::close);
    clients.clear();
    open.endAll(letGo);
    pool.evictAll();
  }
}
