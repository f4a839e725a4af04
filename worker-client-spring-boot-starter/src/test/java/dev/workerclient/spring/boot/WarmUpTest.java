package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

/** The property {@code worker-client.warm-up}. */
class WarmUpTest {
  /** Spring Boot starts its web server in this phase. */
  private static final int WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 2048;

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static ApplicationContextRunner runner() {
    return Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.ORDERS.health-path=/health");
  }

  @Test
  void routesAreConnectedBeforeTheWebServerTakesRequests() {
    workers.service("ORDERS").binding().answers(MockAnswer.text("ok"));
    List<Integer> askedBefore = new ArrayList<>();
    runner()
        .withPropertyValues("worker-client.warm-up=true")
        .withBean(WebServer.class, () -> new WebServer(askedBefore))
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(askedBefore).containsExactly(1);
  }

  @Test
  void aRouteThatCannotBeReachedStopsNothing() {
    runner()
        .withPropertyValues(
            "worker-client.warm-up=true", "worker-client.binding-proxy.url=http://127.0.0.1:1")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void withoutItNothingIsSent() {
    runner().run(context -> assertThat(context).hasNotFailed());

    assertThat(workers.service("ORDERS").binding().requests()).isEmpty();
  }

  /** Notes how many requests had come when the web server would start. */
  private record WebServer(List<Integer> askedBefore) implements SmartLifecycle {
    @Override
    public void start() {
      askedBefore.add(workers.service("ORDERS").binding().requests().size());
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return !askedBefore.isEmpty();
    }

    @Override
    public int getPhase() {
      return WEB_SERVER;
    }
  }
}
