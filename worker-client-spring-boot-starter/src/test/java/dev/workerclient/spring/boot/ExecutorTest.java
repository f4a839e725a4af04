package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

/** Where async calls run, and in which context. */
class ExecutorTest {
  private static final ThreadLocal<String> USER = new ThreadLocal<>();

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static ApplicationContextRunner runner() {
    workers.service("ORDERS").binding().answers(MockAnswer.text("ok"));
    return Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.ORDERS.routes=binding-proxy");
  }

  @Test
  void aTaskDecoratorCarriesTheCallersContext() {
    runner()
        .withUserConfiguration(Decorated.class)
        .run(
            context -> {
              USER.set("ann");
              try {
                context.getBean(WorkerService.class).get("/").executeAsync().join();
              } finally {
                USER.remove();
              }
              assertThat(context.getBean(SeenUser.class).user).isEqualTo("ann");
            });
  }

  @Test
  void thereIsNoExecutorOfOursIfNothingAsksForOne() {
    runner()
        .run(
            context -> {
              assertThat(CallExecutor.of(context.getEnvironment(), List.of())).isNull();
              context.getBean(WorkerService.class).get("/").executeAsync().join();
            });
  }

  @Test
  void callsRunOnVirtualThreadsIfSpringBootDoes() {
    runner()
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .withBean(
            WorkerClientCustomizer.class, () -> builder -> builder.listener(new ThreadListener()))
        .run(
            context -> {
              context.getBean(WorkerService.class).get("/").executeAsync().join();
              boolean hasThem = Runtime.version().feature() >= 21;
              assertThat(ThreadListener.thread)
                  .startsWith(hasThem ? "VirtualThread" : "Thread[worker-client-");
            });
  }

  static final class ThreadListener implements CallListener {
    static volatile String thread = "";

    @Override
    public void callStarted(CallInfo call) {
      thread = Thread.currentThread().toString();
    }
  }

  static final class SeenUser implements CallListener {
    volatile String user = "";

    @Override
    public void callStarted(CallInfo call) {
      user = String.valueOf(USER.get());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Decorated {
    @Bean
    SeenUser seenUser() {
      return new SeenUser();
    }

    @Bean
    TaskDecorator decorator() {
      return task -> {
        String user = USER.get();
        return () -> {
          USER.set(user);
          try {
            task.run();
          } finally {
            USER.remove();
          }
        };
      };
    }
  }
}
