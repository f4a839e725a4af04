package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Staging and production by profiles of one YAML file, each with its own proxy and domains. */
@ExtendWith(OutputCaptureExtension.class)
class EnvironmentsTest {
  @Test
  void eachProfileCallsItsOwnWorkersWithItsOwnTokens() {
    try (MockWorkers staging = MockWorkers.start();
        MockWorkers production = MockWorkers.start()) {
      call("staging", staging, production);
      call("production", staging, production);
    }
  }

  private static void call(String profile, MockWorkers staging, MockWorkers production) {
    MockWorkers used = profile.equals("staging") ? staging : production;
    MockService orders = used.service("ORDERS");
    orders.binding().fails(Fault.bindingMissing());
    orders.customDomain().answers(MockAnswer.text("order of " + profile));
    try (ConfigurableApplicationContext context =
        run(
            "--spring.profiles.active=" + profile,
            "--staging.proxy=" + staging.proxyUrl(),
            "--staging.token=" + staging.proxyToken(),
            "--staging.domain=" + staging.customDomainUrl("ORDERS"),
            "--production.proxy=" + production.proxyUrl(),
            "--production.token=" + production.proxyToken(),
            "--production.domain=" + production.customDomainUrl("ORDERS"))) {
      WorkerService service = context.getBean("ORDERS", WorkerService.class);
      assertThat(service.get("/v1/orders").execute().string()).isEqualTo("order of " + profile);
    }
    assertThat(orders.binding().requests()).hasSize(1);
    assertThat(orders.customDomain().requests().get(0).header("Authorization"))
        .isEqualTo("Bearer " + profile + "-orders");
  }

  @Test
  void withoutAProfileTheFailureNamesThePropertyAndHasNoStackTrace(CapturedOutput output) {
    assertThat(catchThrowable(EnvironmentsTest::run)).isNotNull();
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Property: worker-client.services.ORDERS.custom-domain.url")
        .contains("the service has no route")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutAServiceTheFailureSaysWhatToWrite(CapturedOutput output) {
    assertThat(catchThrowable(() -> run("--spring.config.name=nothing"))).isNotNull();
    assertThat(output)
        .contains("Property: worker-client.services")
        .contains("worker-client.services.ORDERS.custom-domain.url=https://orders.example.com")
        .contains("worker-client.enabled=false")
        .doesNotContain("\tat ");
  }

  private static ConfigurableApplicationContext run(String... arguments) {
    SpringApplication application = new SpringApplication(App.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--spring.config.location=optional:classpath:/environments/");
    return application.run(all.toArray(String[]::new));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(WorkerClientAutoConfiguration.class)
  static class App {}
}
