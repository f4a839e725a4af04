package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerClient;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class MockWorkersExtensionTest {
  private final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void oneServerServesAClassAndEachTestBeginsEmpty() {
    workers.beforeAll(context(null));
    workers.beforeEach(context(null));
    String url = workers.proxyUrl();
    workers.service("APIMOM").binding().answers(MockAnswer.text("x"));
    WorkerClient client = workers.client();
    assertThat(client.service("APIMOM").get("/").execute().status()).isEqualTo(200);
    workers.afterEach(context(null));
    assertThatIllegalStateException().isThrownBy(() -> client.service("APIMOM").get("/").execute());

    workers.beforeEach(context(null));
    assertThat(workers.proxyUrl()).isEqualTo(url);
    assertThat(workers.service("APIMOM").binding().requests()).isEmpty();
    workers.afterEach(context(null));
    workers.afterAll(context(null));
  }

  @Test
  void aNestedClassLeavesTheServerToTheOuter() {
    workers.beforeAll(context(null));
    String url = workers.proxyUrl();
    workers.beforeAll(context(null));
    workers.afterAll(context(null));
    assertThat(workers.proxyUrl()).isEqualTo(url);
    workers.afterAll(context(null));
  }

  @Test
  void anUnexpectedRequestFailsTheTest() {
    workers.beforeEach(context(null));
    callUnscripted();
    assertThatThrownBy(() -> workers.afterEach(context(null)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /v1/x on custom-domain of APIMOM");
  }

  @Test
  void anUnexpectedRequestStaysBehindTheTestsOwnFailure() {
    Throwable own = new AssertionError("the test's own");
    workers.beforeEach(context(null));
    callUnscripted();
    workers.afterEach(context(own));
    assertThat(own.getSuppressed())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("1 unexpected request(s)"));
  }

  private void callUnscripted() {
    workers.service("APIMOM").customDomain();
    workers.client().service("APIMOM").get("/v1/x").execute();
  }

  private static ExtensionContext context(@Nullable Throwable failure) {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getExecutionException")) {
                return Optional.ofNullable(failure);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
