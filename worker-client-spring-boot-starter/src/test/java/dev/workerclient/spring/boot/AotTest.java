package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.workerclient.WorkerService;
import dev.workerclient.internal.rpc.Remote;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.support.GenericApplicationContext;

/** A context that was processed ahead of time, as for a native image. */
class AotTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  public interface Orders {
    int count(String status);

    CompletableFuture<List<Order>> open();

    Item item(String id);
  }

  public interface Item {
    Place place(Shelf[] shelves);
  }

  public interface Stock {
    int left(String item);
  }

  record Order(String id, Address address) {}

  record Address(String city) {}

  record Invoice(String id) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  sealed interface Place permits Rack, Cellar {}

  record Rack(Address at) implements Place {}

  record Cellar(int depth) implements Place {}

  record Shelf(int number) {}

  private static AnnotationConfigApplicationContext context() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    properties().applyTo(context);
    context.register(App.class);
    context.register(Contexts.AUTO_CONFIGURATIONS);
    return context;
  }

  private static TestPropertyValues properties() {
    return TestPropertyValues.of(
        "worker-client.binding-proxy.url=" + workers.proxyUrl(),
        "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
        "worker-client.services.ORDERS.routes=binding-proxy",
        "worker-client.services.CATALOG.routes=binding-proxy");
  }

  @Test
  void servicesAndRpcInterfacesAreBeansOfTheGeneratedContext(@TempDir Path folder)
      throws Exception {
    workers.service("ORDERS").rpc((RpcBeansTest.Orders) status -> status.length());
    ProcessedContext processed = ProcessedContext.of(context(), folder);
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      properties().applyTo(context);
      processed.initialize(context);
      context.refresh();

      assertThat(context.getBean("CATALOG", WorkerService.class).name()).isEqualTo("CATALOG");
      assertThat(context.getBean(Orders.class).count("open")).isEqualTo(4);
    }
  }

  @Test
  void whatTheInterfacesReachIsRegistered(@TempDir Path folder) {
    RuntimeHints hints = ProcessedContext.of(context(), folder).hints();

    assertThat(List.of(Orders.class, Item.class, Stock.class))
        .allSatisfy(type -> assertCallable(type, hints));
    assertThat(List.of(Order.class, Address.class, Rack.class, Cellar.class, Shelf.class))
        .allSatisfy(type -> assertConstructible(type, hints));
  }

  @Test
  void soAreTheProperties(@TempDir Path folder) {
    RuntimeHints hints = ProcessedContext.of(context(), folder).hints();

    assertThat(List.of(WorkerClientProperties.class, WorkerServiceProperties.class))
        .allSatisfy(type -> assertConstructible(type, hints));
  }

  private static void assertCallable(Class<?> type, RuntimeHints hints) {
    assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type, Remote.class)).accepts(hints);
    assertThat(type.getMethods())
        .allSatisfy(
            method ->
                assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
                    .accepts(hints));
  }

  private static void assertConstructible(Class<?> type, RuntimeHints hints) {
    assertThat(type.getDeclaredConstructors())
        .allSatisfy(
            constructor ->
                assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor))
                    .accepts(hints));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportWorkerRpc(service = "ORDERS", types = Orders.class)
  @RegisterReflectionForBinding(Invoice.class)
  @ImportRuntimeHints(StockHints.class)
  static class App {}

  static class StockHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
      WorkerRpcHints.register(hints, Stock.class);
    }
  }
}
