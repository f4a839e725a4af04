package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Queued async calls with the executors that frameworks pass a caller's context on with. */
@Timeout(120)
class FrameworkContextTest {
  private static final int CALLS = 1_000;
  private static final int AT_ONCE = 8;
  private static final ContextKey<String> USER = ContextKey.named("user");

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
  }

  /** Runs a task as a user of the framework. */
  @FunctionalInterface
  private interface Login {
    void run(String user, Runnable task);
  }

  @Test
  void openTelemetrysContextIsTheCallers() throws Exception {
    Supplier<@Nullable String> user = () -> Context.current().get(USER);

    assertEachHasItsOwnUser(
        Context.taskWrapping(pool),
        user,
        (name, task) -> Context.current().with(USER, name).wrap(task).run());
  }

  @Test
  void springSecuritysContextIsTheCallers() throws Exception {
    Supplier<@Nullable String> user =
        () -> {
          Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
          return authentication == null ? null : authentication.getName();
        };

    assertEachHasItsOwnUser(
        new DelegatingSecurityContextExecutor(pool),
        user,
        (name, task) -> {
          SecurityContextHolder.getContext()
              .setAuthentication(new TestingAuthenticationToken(name, ""));
          try {
            task.run();
          } finally {
            SecurityContextHolder.clearContext();
          }
        });
  }

  @Test
  void springsTaskDecoratorPassesTheCallersContextOn() throws Exception {
    ThreadLocal<@Nullable String> user = new ThreadLocal<>();
    ContextRegistry.getInstance().registerThreadLocalAccessor("user", user);
    TaskExecutorAdapter executor = new TaskExecutorAdapter(pool);
    executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
    try {
      assertEachHasItsOwnUser(
          executor,
          user::get,
          (name, task) -> {
            user.set(name);
            try {
              task.run();
            } finally {
              user.remove();
            }
          });
    } finally {
      ContextRegistry.getInstance().removeThreadLocalAccessor("user");
    }
  }

  private void assertEachHasItsOwnUser(
      Executor executor, Supplier<@Nullable String> user, Login login) throws Exception {
    fleet.proxy().answers(answered(200, ""));
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .bindingProxy(
                    fleet.proxy().url(), proxy -> proxy.bearerToken(() -> "token-of-" + user.get()))
                .service(TestFleet.SERVICE)
                .callTimeout(Duration.ofSeconds(90))
                .executor(executor)
                .maxConcurrentCalls(AT_ONCE));
    List<CompletableFuture<WorkerResponse>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String name = "user-" + i;
      login.run(name, () -> calls.add(service.get("/{user}", name).executeAsync()));
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);

    assertThat(fleet.proxy().requests())
        .hasSize(CALLS)
        .allSatisfy(
            request ->
                assertThat(request.getHeaders().get("Binding-Proxy-Authorization"))
                    .isEqualTo("Bearer token-of-" + request.getTarget().substring(1)));
  }
}
