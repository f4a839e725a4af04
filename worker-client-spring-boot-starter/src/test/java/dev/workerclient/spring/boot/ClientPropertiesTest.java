package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What a service sees of a client that was made from properties. */
class ClientPropertiesTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static ApplicationContextRunner runner() {
    return Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken());
  }

  @Test
  void aCallSendsWhatTheClientTheServiceAndTheDomainHave() {
    workers.service("ORDERS").customDomain().answers(MockAnswer.text("ok"));
    runner()
        .withPropertyValues(
            "worker-client.user-agent=shop/1.2",
            "worker-client.headers.X-App=shop",
            "worker-client.services.ORDERS.headers.X-Team=blue",
            "worker-client.services.ORDERS.routes=custom-domain",
            "worker-client.services.ORDERS.custom-domain.url=" + workers.customDomainUrl("ORDERS"),
            "worker-client.services.ORDERS.custom-domain.bearer-token=orders-token",
            "worker-client.services.ORDERS.custom-domain.access-service-token.id=an-id",
            "worker-client.services.ORDERS.custom-domain.access-service-token.secret=a-secret",
            "worker-client.services.ORDERS.custom-domain.headers.X-Tenant=acme")
        .run(context -> context.getBean(WorkerService.class).get("/v1/orders").send());
    RecordedRequest seen = workers.service("ORDERS").customDomain().requests().get(0);
    assertThat(seen.header("User-Agent")).isEqualTo("shop/1.2");
    assertThat(seen.header("X-App")).isEqualTo("shop");
    assertThat(seen.header("X-Team")).isEqualTo("blue");
    assertThat(seen.header("X-Tenant")).isEqualTo("acme");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer orders-token");
    assertThat(seen.header("CF-Access-Client-Id")).isEqualTo("an-id");
    assertThat(seen.header("CF-Access-Client-Secret")).isEqualTo("a-secret");
  }

  @Test
  void eachServiceIsABeanByItsName() {
    workers.service("ORDERS").binding().answers(MockAnswer.text("order"));
    workers.service("CATALOG_API").binding().answers(MockAnswer.text("item"));
    runner()
        .withPropertyValues(
            "worker-client.services.ORDERS.health-path=/health",
            "worker-client.services.catalog-api.health-path=/health")
        .withUserConfiguration(Shop.class)
        .run(
            context -> {
              Shop shop = context.getBean(Shop.class);
              assertThat(shop.orders.get("/").execute().string()).isEqualTo("order");
              assertThat(shop.catalog.get("/").execute().string()).isEqualTo("item");
              assertThat(context).hasSingleBean(WorkerClient.class);
            });
  }

  @Test
  void customizersFollowTheProperties() {
    workers.service("ORDERS").binding().answers(MockAnswer.text("ok"));
    runner()
        .withPropertyValues(
            "worker-client.services.ORDERS.health-path=/health", "worker-client.user-agent=a/1")
        .withUserConfiguration(Customizers.class)
        .run(context -> context.getBean(WorkerService.class).get("/").send());
    RecordedRequest seen = workers.service("ORDERS").binding().requests().get(0);
    assertThat(seen.header("User-Agent")).isEqualTo("last/1");
    assertThat(seen.header("X-Service")).isEqualTo("ORDERS");
  }

  @Test
  void aClientOfTheApplicationsOwnReplacesOurs() {
    runner()
        .withBean("own", WorkerClient.class, ClientPropertiesTest::own)
        .withPropertyValues("worker-client.services.ORDERS.health-path=/health")
        .run(
            context -> {
              assertThat(context).hasSingleBean(WorkerClient.class).hasBean("own");
              assertThat(context.getBean(WorkerService.class).name()).isEqualTo("ORDERS");
            });
  }

  private static WorkerClient own() {
    return WorkerClient.builder()
        .service("ORDERS", service -> service.customDomain("https://orders.example.com"))
        .build();
  }

  @Test
  void nothingIsConfiguredWhenDisabled() {
    Contexts.runner()
        .withPropertyValues("worker-client.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WorkerClient.class));
  }

  @ParameterizedTest
  @CsvSource({
    "call-timeout=0s, worker-client.call-timeout",
    "max-response-size=0, worker-client.max-response-size",
    "max-concurrent-calls=0, worker-client.max-concurrent-calls",
    "user-agent=ä, worker-client.user-agent",
    "headers.Host=a, worker-client.headers.Host",
    "retry.max-attempts=11, worker-client.retry.max-attempts",
    "retry-budget.capacity=-1, worker-client.retry-budget.capacity",
    "circuit-breaker.failure-rate=101, worker-client.circuit-breaker.failure-rate",
    "binding-proxy.url=http://far.example.com, worker-client.binding-proxy.url",
    "binding-proxy.bearer-token=sécret-token, worker-client.binding-proxy.bearer-token",
    "binding-proxy.access-service-token.id=a, worker-client.binding-proxy.access-service-token.secret",
    "services.ORDERS.health-path=health, worker-client.services.ORDERS.health-path",
    "services.ORDERS.attempt-timeout=2d, worker-client.services.ORDERS.attempt-timeout",
    "services.ORDERS.custom-domain.url=orders, worker-client.services.ORDERS.custom-domain.url",
    "services.ORDERS.custom-domain.stamped-by=a b, worker-client.services.ORDERS.custom-domain.stamped-by",
    "services.ORDERS.circuit-breaker.window=0, worker-client.services.ORDERS.circuit-breaker.window",
    "ssl.bundle=nowhere, worker-client.ssl.bundle",
  })
  void aValueThatIsRefusedIsNamed(String setting, String property) {
    Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=http://127.0.0.1:1",
            "worker-client.services.ORDERS.custom-domain.url=https://orders.example.com",
            "worker-client." + setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOfSatisfying(
                        InvalidWorkerPropertyException.class,
                        failure -> {
                          assertThat(failure.property()).isEqualTo(property);
                          assertThat(failure).hasMessageNotContaining("sécret");
                        }));
  }

  @Test
  void aServiceWithoutARouteIsNamed() {
    Contexts.runner()
        .withPropertyValues("worker-client.services.ORDERS.health-path=/health")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith("worker-client.services.ORDERS.custom-domain.url: is"));
  }

  @Test
  void propertiesShowNoSecret() {
    runner()
        .withPropertyValues(
            "worker-client.headers.X-Key=secret-1",
            "worker-client.binding-proxy.bearer-token=secret-2",
            "worker-client.binding-proxy.access-service-token.id=an-id",
            "worker-client.binding-proxy.access-service-token.secret=secret-3",
            "worker-client.services.ORDERS.custom-domain.url=https://orders.example.com",
            "worker-client.services.ORDERS.custom-domain.bearer-token=secret-4",
            "worker-client.services.ORDERS.custom-domain.headers.X-Key=secret-5",
            "worker-client.services.ORDERS.headers.X-Key=secret-6")
        .run(
            context -> {
              WorkerClientProperties properties = context.getBean(WorkerClientProperties.class);
              assertThat(properties.toString())
                  .contains("https://orders.example.com", workers.proxyUrl())
                  .doesNotContain("secret");
              assertThat(new WorkerClientProperties.AccessServiceToken("an-id", "secret-3"))
                  .hasToString("AccessServiceToken[id=an-id]");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Shop {
    final WorkerService orders;
    final WorkerService catalog;

    @Autowired
    Shop(
        @Qualifier("ORDERS") WorkerService orders,
        @Qualifier("CATALOG_API") WorkerService catalog) {
      this.orders = orders;
      this.catalog = catalog;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    @Bean
    @Order(2)
    WorkerClientCustomizer last() {
      return builder -> builder.userAgent("last/1");
    }

    @Bean
    @Order(1)
    WorkerClientCustomizer first() {
      return builder -> builder.userAgent("first/1");
    }

    @Bean
    WorkerServiceCustomizer service() {
      return (name, service) -> service.header("X-Service", name);
    }
  }
}
