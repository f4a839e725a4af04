package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workerclient.WorkerClient;
import dev.workerclient.config.WorkerClientConfig;
import dev.workerclient.health.ServiceHealth;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A file makes the same client in Spring Boot, which imports it, and in plain Java. */
class ConfigFileTest {
  private static final List<String> NAMES =
      List.of("PROXY_TOKEN", "PROXY_ACCESS_SECRET", "ORDERS_TOKEN", "ORDERS_ACCESS_SECRET");

  /** All that the builders were told; what is code has no equals, and is told by requests. */
  private static final RecursiveComparisonConfiguration BUT_CODE =
      RecursiveComparisonConfiguration.builder()
          .withIgnoredFields("settings.sleeper", "settings.random", "settings.nanoTime")
          .withIgnoredCollectionOrderInFieldsMatchingRegexes(".*headers")
          .withIgnoredFieldsMatchingRegexes(".*\\.supplier", ".*\\.fixed")
          .build();

  private final MockWebServer workers = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    workers.setDispatcher(new Answering());
    workers.start();
  }

  @AfterEach
  void close() {
    workers.close();
  }

  @ParameterizedTest
  @CsvSource({
    "everything,",
    "spellings,",
    "environments, staging",
    "environments, production",
    "environments, canary",
  })
  void aFileMeansTheSame(String name, @Nullable String environment) throws Exception {
    Path file = resource(name);
    WorkerClient.Builder plain = plain(file, environment);
    try (ConfigurableApplicationContext context = spring(file, environment);
        WorkerClient client = plain.build()) {
      assertThat(plain)
          .usingRecursiveComparison(BUT_CODE)
          .isEqualTo(context.getBean(Captured.class).builder().get());
      Set<String> seen = seen(client);
      assertThat(seen).hasSizeGreaterThan(5).isEqualTo(seen(context.getBean(WorkerClient.class)));
    }
  }

  /** What {@code fleet client} writes, as fleet-tools/test/client.test.ts does. */
  @ParameterizedTest
  @CsvSource({
    "staging, https://workers-proxy.staging.example.com, https://orders.staging.example.com",
    "production, https://workers-proxy.example.com, https://orders.example.com",
  })
  void aGeneratedFileMeansTheSame(String environment, String proxy, String orders)
      throws Exception {
    Path file = resource("generated");
    WorkerClient.Builder plain = plain(file, environment);
    try (ConfigurableApplicationContext context = spring(file, environment)) {
      assertThat(plain)
          .usingRecursiveComparison(BUT_CODE)
          .isEqualTo(context.getBean(Captured.class).builder().get());
      assertThat(plain).extracting("settings.proxyOrigin").isEqualTo(proxy);
      assertThat(plain)
          .extracting("settings.services")
          .extracting("ORDERS")
          .extracting("customDomain")
          .isEqualTo(orders);
      assertThat(context.getBean(WorkerClient.class).serviceNames())
          .contains("CARTS", "CATALOG", "ORDERS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call-timeout: 3 sec",
        "call-timeout: 0s",
        "max-response-size: 16 Megs",
        "max-concurrent-calls: many",
        "user-agent: ä",
        "headers.Host: a",
        "retry.enabled: maybe",
        "retry.max-attempts: 11",
        "retry-budget.capacity: -1",
        "circuit-breaker.failure-rate: 101",
        "binding-proxy.url: http://far.example.com",
        "binding-proxy.bearer-token: ${PROXY_TOKEN}",
        "services.ORDERS.health-path: health",
        "services.ORDERS.routes: proxy",
        "services.ORDERS.custom-domain.stamped-by: a b",
        "services.AUDIT.health-path: /health",
      })
  void bothNameTheSamePropertyOfASettingThatIsRefused(String setting) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("workers.yaml"),
            """
            worker-client:
              services.ORDERS.custom-domain.url: https://orders.example.com
              %s
            """
                .formatted(setting));
    Throwable own = catchThrowable(() -> plain(file, null));
    Throwable spring = failure(file);
    assertThat(own.getMessage()).startsWithIgnoringCase(file + ":3: " + property(spring) + ": ");
  }

  private static String property(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InvalidWorkerPropertyException invalid) {
        return invalid.property();
      }
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof BindException invalid) {
        return invalid.getName().toString();
      }
    }
    throw new AssertionError("Spring Boot refuses no property", failure);
  }

  @Test
  void aReferenceThatIsNotDefinedStopsBoth() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("workers.yaml"),
            """
            worker-client.services.ORDERS.custom-domain:
              url: https://orders.example.com
              bearer-token: ${NONE_HAS_THIS}
            """);
    assertThat(catchThrowable(() -> plain(file, null)))
        .hasMessageContaining("worker-client.services.ORDERS.custom-domain.bearer-token")
        .hasMessageContaining("NONE_HAS_THIS");
    assertThat(failure(file))
        .hasStackTraceContaining("worker-client.services.ORDERS.custom-domain.bearer-token")
        .hasStackTraceContaining("NONE_HAS_THIS");
  }

  private WorkerClient.Builder plain(Path file, @Nullable String environment) {
    WorkerClientConfig config = WorkerClientConfig.of(file).secrets(values()::get);
    return (environment == null ? config : config.environment(environment)).builder();
  }

  private ConfigurableApplicationContext spring(Path file, @Nullable String environment) {
    List<String> arguments = new ArrayList<>(List.of("--spring.config.import=file:" + file));
    values().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return new SpringApplicationBuilder(App.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .profiles(environment == null ? new String[0] : new String[] {environment})
        .run(arguments.toArray(String[]::new));
  }

  /** What a context without an application's start ends with, which takes less time. */
  private Throwable failure(Path file) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<String> properties = new ArrayList<>(List.of("spring.config.import=file:" + file));
    values().forEach((name, value) -> properties.add(name + "=" + value));
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues(properties.toArray(String[]::new))
        .withUserConfiguration(App.class)
        .run(context -> failure.set(context.getStartupFailure()));
    return Objects.requireNonNull(failure.get(), "Spring Boot refuses nothing");
  }

  /** What the references stand for: a name is its own value, in lower case. */
  private Map<String, String> values() {
    String url = workers.url("/").toString();
    Map<String, String> values = new HashMap<>(Map.of("MOCK", url.substring(0, url.length() - 1)));
    NAMES.forEach(name -> values.put(name, name.toLowerCase(Locale.ROOT)));
    return values;
  }

  /** What Workers see of a call of each service, and how the services are. */
  private Set<String> seen(WorkerClient client) throws InterruptedException {
    Set<String> seen = new TreeSet<>();
    for (String name : client.serviceNames()) {
      client.service(name).get("/v1/items").send();
      RecordedRequest request = Objects.requireNonNull(workers.takeRequest(5, TimeUnit.SECONDS));
      request
          .getHeaders()
          .newBuilder()
          .removeAll("Binding-Proxy-Timeout-Ms")
          .build()
          .forEach(header -> seen.add(name + " " + header.getFirst() + ": " + header.getSecond()));
      seen.add(name + " is called at " + request.getUrl().encodedPath());
    }
    for (ServiceHealth health : client.health().services()) {
      seen.add(health.service() + " is " + health.status());
    }
    while (workers.takeRequest(0, TimeUnit.SECONDS) != null) {} // Those of the health check.
    return seen;
  }

  private static Path resource(String name) throws URISyntaxException {
    String path = "/workers/" + name + ".yaml";
    return Path.of(Objects.requireNonNull(ConfigFileTest.class.getResource(path)).toURI());
  }

  /** Answers as the binding proxy and as a Worker with a stamp do. */
  private static final class Answering extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder()
          .addHeader("Binding-Proxy-Outcome", "target-answered")
          .addHeader("x-orders", "1")
          .body("{}")
          .build();
    }
  }

  /** The settings of Spring Boot's builder. */
  record Captured(AtomicReference<WorkerClient.Builder> builder) {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(WorkerClientAutoConfiguration.class)
  static class App {
    @Bean
    Captured captured() {
      return new Captured(new AtomicReference<>());
    }

    @Bean
    WorkerClientCustomizer capturing(Captured captured) {
      return captured.builder()::set;
    }
  }
}
