package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** RPC interfaces as beans. */
class RpcBeansTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  public interface Orders {
    int count(String status);
  }

  public interface Stock {
    int left(String item);
  }

  private static ApplicationContextRunner runner() {
    return Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.ORDERS.routes=binding-proxy",
            "worker-client.services.CATALOG.routes=binding-proxy")
        .withUserConfiguration(App.class);
  }

  @Test
  void anInterfaceIsABeanThatCallsItsService() {
    workers.service("ORDERS").rpc((Orders) status -> status.length());
    workers.service("CATALOG").rpc((Stock) item -> 7);
    runner()
        .run(
            context -> {
              assertThat(context.getBean(Orders.class).count("open")).isEqualTo(4);
              assertThat(context.getBean(Stock.class).left("cup")).isEqualTo(7);
            });
  }

  @Test
  void withoutTheRpcModuleTheFailureNamesIt() {
    runner()
        .withClassLoader(new FilteredClassLoader("dev.workerclient.rpc"))
        .run(
            context ->
                assertThat(context).getFailure().hasMessageContaining("needs worker-client-rpc"));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportWorkerRpc(service = "ORDERS", types = Orders.class)
  @ImportWorkerRpc(service = "CATALOG", types = Stock.class)
  static class App {}
}
