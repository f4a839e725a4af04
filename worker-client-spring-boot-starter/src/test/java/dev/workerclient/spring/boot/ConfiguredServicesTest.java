package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.spring.boot.WorkerServiceProperties.CustomDomain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What Spring Boot makes of the keys of services, and what the starter makes of that. */
class ConfiguredServicesTest {
  @Test
  void aKeyIsTheBindingsNameInAnySpelling() throws IOException {
    String yaml =
        """
        ORDERS: {health-path: /a}
        ORDERS_API: {health-path: /b}
        catalog-api: {health-path: /c}
        media: {health-path: /d}
        """;
    assertThat(services(yaml, Map.of()).byName())
        .containsOnlyKeys("ORDERS", "ORDERS_API", "CATALOG_API", "MEDIA");
  }

  @Test
  void aNameThatNoKeySpellsStandsInBinding() throws IOException {
    assertThat(services("media: {binding: mediaStore$1}", Map.of()).byName())
        .containsOnlyKeys("mediaStore$1");
  }

  /** Spring Boot 4.0 drops empty maps of YAML, so that a service needs a setting there. */
  @Test
  void aServiceNeedsNoSettingsFromSpringBoot41On() throws IOException {
    Map<String, WorkerServiceProperties> services =
        services("{ORDERS: {}, orders-api: {}, audit: {}}", Map.of()).byName();
    if (SpringBootVersion.getVersion().startsWith("4.0.")) {
      assertThat(services).isEmpty();
    } else {
      assertThat(services).containsOnlyKeys("ORDERS", "ORDERS_API", "AUDIT");
    }
  }

  @Test
  void anEnvironmentVariableSetsAValueOfTheServiceInTheFile() throws IOException {
    Map<String, WorkerServiceProperties> services =
        services(
                "{ORDERS: {health-path: /a}, ORDERS_API: {health-path: /b}}",
                Map.of(
                    "WORKERCLIENT_SERVICES_ORDERS_CUSTOMDOMAIN_URL", "https://one.example.com",
                    "WORKERCLIENT_SERVICES_ORDERSAPI_CUSTOMDOMAIN_URL", "https://two.example.com"))
            .byName();
    assertThat(services).containsOnlyKeys("ORDERS", "ORDERS_API");
    assertThat(domain(services, "ORDERS").url()).isEqualTo("https://one.example.com");
    assertThat(domain(services, "ORDERS_API").url()).isEqualTo("https://two.example.com");
    assertThat(services.get("ORDERS_API"))
        .extracting(WorkerServiceProperties::healthPath)
        .isEqualTo("/b");
  }

  @Test
  void anEnvironmentVariableThatSpellsTheUnderscoreAddsNoService() throws IOException {
    assertThat(
            services(
                    "ORDERS_API: {health-path: /b}",
                    Map.of("WORKERCLIENT_SERVICES_ORDERS_API_HEALTHPATH", "/c"))
                .byName())
        .containsOnlyKeys("ORDERS_API");
  }

  @Test
  void environmentVariablesAloneAreEnough() throws IOException {
    Map<String, String> variables =
        Map.of(
            "WORKERCLIENT_SERVICES_ORDERS_CUSTOMDOMAIN_URL", "https://a.example.com",
            "WORKERCLIENT_SERVICES_CATALOGAPI_BINDING", "CATALOG_API");
    assertThat(services("{}", variables).byName()).containsOnlyKeys("ORDERS", "CATALOG_API");
  }

  @Test
  void twoServicesOfOneNameAreRefused() {
    assertThatThrownBy(
            () -> services("{ORDERS: {health-path: /a}, b: {binding: ORDERS}}", Map.of()))
        .isInstanceOf(InvalidWorkerPropertyException.class)
        .hasMessage("worker-client.services.b: there is another service of the name ORDERS");
  }

  private static CustomDomain domain(Map<String, WorkerServiceProperties> services, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(services.get(name)).customDomain());
  }

  private static ConfiguredServices services(String yaml, Map<String, String> variables)
      throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(variables)));
    String whole = "worker-client:\n  services:\n" + yaml.indent(4);
    new YamlPropertySourceLoader()
        .load("yaml", new ByteArrayResource(whole.getBytes(StandardCharsets.UTF_8)))
        .forEach(environment.getPropertySources()::addLast);
    ConfigurationPropertySources.attach(environment);
    return ConfiguredServices.of(environment);
  }
}
