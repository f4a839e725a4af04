package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RecordedRequest;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Many users' queued calls: each has its own user's token, trace and baggage. */
@SuppressWarnings("try") // Scopes.
@Timeout(120)
class TracedContextTest {
  private static final int CALLS = 1_000;
  private static final ContextKey<String> USER = ContextKey.named("user");
  private static final ThreadLocal<@Nullable String> LOCAL = new ThreadLocal<>();

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final Tracing tracing = Tracing.inMemory();

  /** How an application knows its user, and the executor that takes that along. */
  enum Framework {
    OPENTELEMETRY {
      @Override
      Executor executor(ExecutorService pool) {
        return Context.taskWrapping(pool);
      }

      @Override
      @Nullable String user() {
        return Context.current().get(USER);
      }

      @Override
      void as(String user, Runnable task) {
        Context.current().with(USER, user).wrap(task).run();
      }
    },
    SPRING {
      @Override
      Executor executor(ExecutorService pool) {
        TaskExecutorAdapter executor = new TaskExecutorAdapter(pool);
        executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
        return executor;
      }

      @Override
      @Nullable String user() {
        return LOCAL.get();
      }

      @Override
      void as(String user, Runnable task) {
        LOCAL.set(user);
        try {
          task.run();
        } finally {
          LOCAL.remove();
        }
      }
    },
    SPRING_SECURITY {
      @Override
      Executor executor(ExecutorService pool) {
        return new DelegatingSecurityContextExecutor(pool);
      }

      @Override
      @Nullable String user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? null : authentication.getName();
      }

      @Override
      void as(String user, Runnable task) {
        SecurityContextHolder.getContext()
            .setAuthentication(new TestingAuthenticationToken(user, ""));
        try {
          task.run();
        } finally {
          SecurityContextHolder.clearContext();
        }
      }
    };

    abstract Executor executor(ExecutorService pool);

    abstract @Nullable String user();

    abstract void as(String user, Runnable task);
  }

  static List<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Framework framework : Framework.values()) {
      for (Listeners listeners : Listeners.values()) {
        pairs.add(Arguments.of(framework, listeners));
      }
    }
    return pairs;
  }

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
    tracing.close();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachOf1000QueuedCallsHasItsOwnUsersTokenTraceAndBaggage(
      Framework framework, Listeners listeners) throws Exception {
    ContextRegistry.getInstance().registerThreadLocalAccessor("user", LOCAL);
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{}"));
    String url = workers.customDomainUrl("ORDERS");
    Map<String, String> traces = new HashMap<>();
    try (WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                orders ->
                    orders.customDomain(
                        url, domain -> domain.bearerToken(() -> "token-of-" + framework.user())))
            .callTimeout(Duration.ofSeconds(90))
            .maxConcurrentCalls(8)
            .executor(framework.executor(pool))
            .listener(listeners.listener(tracing.sdk()))
            .build()) {
      List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String user = "user-" + i;
        framework.as(user, () -> calls.add(traced(client.service("ORDERS"), user, traces)));
      }
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(90, TimeUnit.SECONDS);
    } finally {
      ContextRegistry.getInstance().removeThreadLocalAccessor("user");
    }

    List<RecordedRequest> requests = workers.service("ORDERS").customDomain().requests();
    assertThat(requests).hasSize(CALLS);
    assertThat(requests.stream().filter(request -> !isRight(request, traces))).isEmpty();
    for (int i = 0; i < 4; i++) {
      assertThat(pool.submit(() -> Span.current().getSpanContext().isValid()).get()).isFalse();
    }
  }

  private CompletableFuture<WorkerResponse> traced(
      WorkerService orders, String user, Map<String, String> traces) {
    Span span = tracing.sdk().getTracer("test").spanBuilder(user).setNoParent().startSpan();
    traces.put(user, span.getSpanContext().getTraceId());
    Baggage baggage = Baggage.builder().put("user", user).build();
    try (Scope unused = span.makeCurrent();
        Scope alsoUnused = baggage.makeCurrent()) {
      return orders.get("/{user}", user).executeAsync();
    } finally {
      span.end();
    }
  }

  private static boolean isRight(RecordedRequest request, Map<String, String> traces) {
    String user = request.path().substring(1);
    return Objects.equals(request.header("Authorization"), "Bearer token-of-" + user)
        && Objects.equals(request.header("baggage"), "user=" + user)
        && String.valueOf(request.header("traceparent")).startsWith("00-" + traces.get(user) + "-");
  }
}
