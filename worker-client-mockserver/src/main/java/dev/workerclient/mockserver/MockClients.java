package dev.workerclient.mockserver;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.internal.route.CustomDomainRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * The clients of one test, and the responses that they left open. Once closed, none of them sends
 * anything more: a retry would come into the next test. Thread-safe.
 */
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
      new OkHttpClient.Builder()
          .connectionPool(pool)
          .eventListenerFactory(open)
          .addInterceptor(this::unlessClosed)
          .build();
  private final List<WorkerClient> clients = new ArrayList<>();
  private volatile boolean closed;

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
                  domain -> domain.rpcPath(RpcScript.PATH));
            }
            if (!service.hasBinding()) {
              routes.routes(CustomDomainRoute.NAME);
            }
            service.settings().accept(routes);
          });
    }
    return builder;
  }

  synchronized WorkerClient keep(WorkerClient client) {
    clients.add(client);
    return client;
  }

  /** What was asked and answered, and never closed: method, path, route and service of each. */
  List<String> leaks() {
    return open.leaks();
  }

  private Response unlessClosed(Interceptor.Chain chain) throws IOException {
    if (closed) {
      throw new IOException("the test that this client was made for is over");
    }
    return chain.proceed(chain.request());
  }

  /** Closes the clients that were kept, and ends all calls and connections. */
  synchronized void close() {
    closed = true;
    clients.forEach(WorkerClient::close);
    clients.clear();
    open.cancelAll();
    pool.evictAll();
  }
}
