package dev.workerclient.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file is refused for: the message names file, line and key, and says what to write. */
class RefusedFilesTest {
  private static final Map<String, String> VARIABLES =
      Map.of("PROXY_TOKEN", "proxy-secret", "BAD_TOKEN", "sécret", "HOST", "orders.example.com");

  @TempDir Path folder;

  /** Of a setting in line 4 of a file that is fine without it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          call-timeout: 3 sec              | call-timeout: is not a duration; write a number and its unit, such as 500ms, 3s or 1m
          call-timeout: 3000               | call-timeout: is not a duration; write a number and its unit, such as 500ms, 3s or 1m
          call-timeout: 2d                 | call-timeout: callTimeout was given PT48H; write a time from 1 ms to 1 day, such as Duration.ofSeconds(3). There is no value for "no limit"
          call-timeout:                    | call-timeout: has no value; write a duration, or remove the key
          call-timeout: [1s]               | call-timeout: is a list; write a duration
          call-timeout: {after: 1s}        | call-timeout.after: is not known; worker-client.call-timeout takes a value
          callTimeout: 3s                  | callTimeout: is not known; the keys of this section are [adaptive-attempt-timeout, allow-plain-http, attempt-timeout, binding-proxy, call-timeout, circuit-breaker, connect-timeout, connection-max-age, headers, health-timeout, hedging, max-concurrent-calls, max-response-size, read-idle-timeout, retry, retry-budget, services, user-agent]
          max-response-size: 16 MB         | max-response-size: is not a size; write a number and its unit, such as 512KB or 16MB
          max-response-size: 2GB           | max-response-size: maxResponseBytes was given 2147483648; write from 1 to 1073741824, and use executeStreaming() for larger bodies
          max-concurrent-calls: many       | max-concurrent-calls: is not a whole number; write its digits, such as 3
          max-concurrent-calls: 010        | max-concurrent-calls: is not a whole number; write its digits, such as 3
          user-agent: 1.10                 | user-agent: is a number, date or truth value to YAML, which may change it; write it in quotes
          user-agent: ä                    | user-agent: the value of header User-Agent holds a character beyond ASCII
          headers: a                       | headers: takes keys below it, not a value
          headers: {Host: a}               | headers.Host: the header Host can't be set
          retry: 3                         | retry: takes keys below it, not a value
          retry.enabled: yes               | retry.enabled: is neither true nor false; write one of them
          retry.max-attempts: 11           | retry.max-attempts: maxAttempts
          retry.attempts: 2                | retry.attempts: is not known; the keys of this section are [enabled, first-backoff, max-attempts, max-backoff]
          retry-budget.capacity: -1        | retry-budget.capacity: capacity
          circuit-breaker.open-time: 1     | circuit-breaker.open-time: is not a duration
          binding-proxy.url: workers       | binding-proxy.url: the address given to url is not an http or https URL; write https://api.example.com
          binding-proxy.url: http://a.test | binding-proxy.url: the address given to url is plain http to a.test
          binding-proxy.bearer-token: "${PROXY_TOKEN}"        | binding-proxy.url: is not set; write the address, or remove the rest
          binding-proxy: https://a.test    | binding-proxy: takes keys below it, not a value
          binding-proxy: {url: "https://a.test", bearer-token: s3cret} | binding-proxy.bearer-token: may hold a secret; write a reference in its place, such as ${PROXY_TOKEN}, and set that environment variable
          binding-proxy: {url: "https://a.test", bearer-token: "Bearer ${PROXY_TOKEN}"} | binding-proxy.bearer-token: may hold a secret
          binding-proxy: {url: "https://a.test", bearer-token: "${NONE_HAS_THIS}"} | binding-proxy.bearer-token: refers to ${NONE_HAS_THIS}, which is not set; set the environment variable NONE_HAS_THIS
          binding-proxy: {url: "https://a.test", bearer-token: "${PROXY_TOKEN:s3cret}"} | binding-proxy.bearer-token: has a reference that is not a name alone; write ${NAME}, without a default
          binding-proxy: {url: "https://a.test", bearer-token: "${BAD_TOKEN}"} | binding-proxy.bearer-token: the bearer token of the binding proxy holds a character that is not visible ASCII
          binding-proxy: {url: "https://a.test", access-service-token.id: a} | binding-proxy.access-service-token.secret: is not set; write a reference to the service token's secret
          binding-proxy: {url: "https://a.test", access-service-token: {id: a, secret: s3cret}} | binding-proxy.access-service-token.secret: may hold a secret; write a reference in its place, such as ${PROXY_ACCESS_SECRET}
          services.ORDERS.health-path: health | services.ORDERS.health-path: the path
          services.ORDERS.routes: [proxy]  | services.ORDERS.routes: routes(…) was given [proxy]; write one or both of [binding-proxy, custom-domain]
          services.ORDERS.routes: [a, 1.10] | services.ORDERS.routes: is a list of texts; write each in quotes
          services.ORDERS.stamped-by: a    | services.ORDERS.stamped-by: is not known; the keys of this section are [adaptive-attempt-timeout, attempt-timeout, binding, call-timeout, circuit-breaker, custom-domain, headers, health-path, hedging, retry, retry-budget, routes]
          services.ORDERS.custom-domain.stamped-by: a b | services.ORDERS.custom-domain.stamped-by:
          services.ORDERS.custom-domain.bearer-token: s3cret | services.ORDERS.custom-domain.bearer-token: may hold a secret; write a reference in its place, such as ${ORDERS_TOKEN}
          services.ORDERS.custom-domain.url: https://a.test | services.ORDERS.custom-domain.url: is set at workers.yaml:2 too; remove one of them
          services.orders.health-path: /h  | services.orders: is the service ORDERS; write its name in one way
          services.MEDIA: https://a.test   | services.MEDIA: takes keys below it, not a value
          services.MEDIA: {custom_domain.url: "https://a.test"} | services.MEDIA.custom_domain.url: is not known; the keys of this section are
          services.ORDERS.routes: [custom-domain, binding-proxy] | services.ORDERS.routes: names binding-proxy, whose url is not set; write the url, or remove the route
          services.AUDIT.health-path: /h   | services.AUDIT.custom-domain.url: is not set, and neither is worker-client.binding-proxy.url: the service has no route
          services.AUDIT: {}               | services.AUDIT.custom-domain.url: is not set, and neither is worker-client.binding-proxy.url: the service has no route
          services.ORDERS.binding: a-b     | services.ORDERS.binding: a service was named "a-b"; write its binding's name
          services.ORDERS.http-service-groups: a | services.ORDERS.http-service-groups: is for Spring Boot alone; write it in the application's own configuration
          ssl.bundle: workers              | ssl.bundle: is for Spring Boot alone
          "X Y": 1                         | X Y: is not a key; write letters, digits, hyphens and underscores
          """)
  void aSettingIsNamedWithItsLine(String setting, String message) throws IOException {
    String file =
        """
        worker-client:
          services.ORDERS.custom-domain.url: https://orders.example.com
          # the next line is the setting
          %s
        """
            .formatted(setting);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("workers.yaml:4: worker-client." + message)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("sécret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: [                             | workers.yaml:1: is not YAML as expected: expected the node content, but found '<stream end>'
          a: s3cret: b                     | workers.yaml:1: is not YAML as expected: mapping values are not allowed here
          worker-client: {a: *b}           | workers.yaml:1: is not YAML as expected: found undefined alias b
          worker-client: &a {b: *a}        | workers.yaml:1: worker-client.b.b
          s3cret                           | workers.yaml:1: is not YAML as expected: the document has no keys
          worker-client: {}                | workers.yaml:1: worker-client.services: lists no service; write one, such as ORDERS
          # nothing                        | workers.yaml: worker-client.services: lists no service; write one, such as ORDERS
          server.port: 8080                | workers.yaml:1: server.port: is not known; the keys of this section are [worker-client]
          spring.config.activate.on-profile: "!staging" | workers.yaml:1: spring.config.activate.on-profile: is an expression, which Spring Boot alone reads
          """)
  void aFileIsRefused(String file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server.port: 8080         | server.port: is not known; the keys of this section are [worker-client]
          spring.application.name: a | spring.application.name: is for Spring Boot alone
          """)
  void aKeyOutsideIsRefused(String line, String message) {
    String file = "worker-client.services.ORDERS.custom-domain.url: https://a.test\n" + line;
    assertThatThrownBy(() -> read(file)).hasMessageStartingWith("workers.yaml:2: " + message);
  }

  @Test
  void anEnvironmentThatTheFileDoesNotHaveIsRefused() throws IOException {
    Path one = write("worker-client.services.ORDERS.custom-domain.url: https://a.test");
    assertThatThrownBy(() -> WorkerClient.fromConfig(one, "staging"))
        .hasMessage(
            one
                + " has no environments; pass none, or add a document with"
                + " spring.config.activate.on-profile: staging");
    Path two =
        write(
            """
            worker-client.services.ORDERS.custom-domain.url: https://a.test
            ---
            spring.config.activate.on-profile: staging
            ---
            spring.config.activate.on-profile: [production, canary]
            """);
    assertThatThrownBy(() -> WorkerClient.fromConfig(two, "prod"))
        .hasMessage(
            two
                + " has the environments [staging, production, canary]; pass one of them, or add"
                + " one with spring.config.activate.on-profile: prod");
    assertThatThrownBy(() -> WorkerClient.fromConfig(two))
        .hasMessage(
            two + " has the environments [staging, production, canary]; pass the name of one");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> WorkerClient.fromConfig(none))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(none + " can't be read");
  }

  private void read(String content) throws IOException {
    Path file = write(content);
    try {
      WorkerClientConfig.of(file).secrets(VARIABLES::get).builder();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace(folder + "/", ""), e);
    }
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("workers.yaml"), content);
  }
}
