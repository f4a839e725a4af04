package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Spring's HTTP interfaces over a service. */
class HttpServicesTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  record Order(String id) {}

  interface Orders {
    @GetExchange("/v1/orders/{id}")
    Order order(@PathVariable String id);
  }

  private static ApplicationContextRunner runner() {
    return Contexts.runner()
        .withConfiguration(
            AutoConfigurations.of(
                JacksonAutoConfiguration.class,
                HttpMessageConvertersAutoConfiguration.class,
                HttpClientAutoConfiguration.class,
                ImperativeHttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class,
                HttpServiceClientPropertiesAutoConfiguration.class,
                HttpServiceClientAutoConfiguration.class))
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken())
        .withBean(Operations.class, Operations::new);
  }

  @Test
  void aGroupOfTheServicesNameCallsItOverBothRoutes() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(MockAnswer.json("{\"id\":\"a b\"}"));
    runner()
        .withUserConfiguration(ByName.class)
        .withPropertyValues(
            "worker-client.services.ORDERS.custom-domain.url=" + workers.customDomainUrl("ORDERS"))
        .run(
            context -> {
              assertThat(context.getBean(Orders.class).order("a b")).isEqualTo(new Order("a b"));
              assertThat(context.getBean(Operations.class).seen)
                  .containsExactly("GET /v1/orders/{id}");
            });
  }

  @Test
  void aGroupIsMappedToAServiceByAProperty() {
    workers.service("CATALOG").binding().answers(MockAnswer.json("{\"id\":\"7\"}"));
    runner()
        .withUserConfiguration(ByName.class)
        .withPropertyValues("worker-client.services.CATALOG.http-service-groups=orders")
        .run(context -> assertThat(context.getBean(Orders.class).order("7").id()).isEqualTo("7"));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(group = "orders", types = Orders.class)
  static class ByName {}

  static final class Operations implements CallListener {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void callCreated(CallInfo call) {
      seen.add(call.operation());
    }
  }
}
