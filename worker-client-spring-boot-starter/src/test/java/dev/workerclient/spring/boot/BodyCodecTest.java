package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.BodyCodec;
import dev.workerclient.WorkerService;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which JSON mapper reads and writes bodies. */
class BodyCodecTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  record Item(String itemName) {}

  private static ApplicationContextRunner runner() {
    workers.service("CATALOG").binding().answers(MockAnswer.json("{\"item_name\":\"cup\"}"));
    return Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.CATALOG.routes=binding-proxy");
  }

  @Test
  void springBootsMapperIsUsedWithItsSettings() {
    runner()
        .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
        .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
        .run(
            context -> {
              assertThat(context.getBean(BodyCodec.class))
                  .isInstanceOf(dev.workerclient.jackson3.JacksonCodec.class);
              assertThat(read(context.getBean(WorkerService.class))).isEqualTo("cup");
            });
  }

  /** Spring Boot has deprecated its support of Jackson 2, which applications still use. */
  @Test
  @SuppressWarnings("removal")
  void jackson2IsUsedIfItIsTheApplications() {
    runner()
        .withClassLoader(new FilteredClassLoader(tools.jackson.databind.json.JsonMapper.class))
        .withConfiguration(
            AutoConfigurations.of(
                org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration.class))
        .withPropertyValues("spring.jackson2.property-naming-strategy=SNAKE_CASE")
        .run(
            context -> {
              assertThat(context).hasSingleBean(ObjectMapper.class);
              assertThat(context.getBean(BodyCodec.class))
                  .isInstanceOf(dev.workerclient.jackson.JacksonCodec.class);
              assertThat(read(context.getBean(WorkerService.class))).isEqualTo("cup");
            });
  }

  @Test
  void withoutAMapperTheClientFindsACodecItself() {
    workers.service("CATALOG").binding().answers(MockAnswer.json("{\"itemName\":\"cup\"}"));
    Contexts.runner()
        .withPropertyValues(
            "worker-client.binding-proxy.url=" + workers.proxyUrl(),
            "worker-client.binding-proxy.bearer-token=" + workers.proxyToken(),
            "worker-client.services.CATALOG.routes=binding-proxy")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(BodyCodec.class);
              assertThat(read(context.getBean(WorkerService.class))).isEqualTo("cup");
            });
  }

  private static String read(WorkerService service) {
    return service.get("/v1/items/{id}", "7").fetch(Item.class).itemName();
  }
}
