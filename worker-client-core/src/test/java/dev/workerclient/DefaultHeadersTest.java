package dev.workerclient;

import static dev.workerclient.ProxyReports.SOUND;
import static dev.workerclient.ProxyReports.proxy;
import static dev.workerclient.ProxyReports.report;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that a client and a service add to each request, by whichever route. */
class DefaultHeadersTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void theProxyFailsAndTheDomainAnswers() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));
  }

  private WorkerClient.Builder builder() {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken("proxy-token"))
        .circuitBreaker(CircuitBreakerOptions.disabled())
        .header("X-Client", "c")
        .header("X-Where", "client")
        .service(
            "APIMOM",
            own ->
                own.header("X-Service", "s")
                    .header("x-where", "service")
                    .customDomain(
                        fleet.domain().url(),
                        domain -> domain.bearerToken("domain-token").rpcPath("/rpc")));
  }

  private static void hasAll(RecordedRequest request) {
    assertThat(request.getHeaders().values("X-Client")).containsExactly("c");
    assertThat(request.getHeaders().values("X-Service")).containsExactly("s");
    assertThat(request.getHeaders().values("X-Where")).containsExactly("service");
  }

  @Test
  void theyGoByEitherRouteBesideItsCredentials() {
    fleet.service(builder()).get("/").execute();

    RecordedRequest proxied = fleet.proxy().requests().get(0);
    RecordedRequest direct = fleet.domain().requests().get(0);
    hasAll(proxied);
    hasAll(direct);
    assertThat(proxied.getHeaders().get("Binding-Proxy-Authorization"))
        .isEqualTo("Bearer proxy-token");
    assertThat(direct.getHeaders().get("Authorization")).isEqualTo("Bearer domain-token");
  }

  @Test
  void theyGoWithRpcAsyncAndStreamedCalls() {
    WorkerService service = fleet.service(builder());

    service.rpc("hello").body("[]", "text/plain").execute();
    service.get("/").executeAsync().join();
    service.get("/").executeStreaming().close();

    assertThat(fleet.proxy().requests()).hasSize(3).allSatisfy(DefaultHeadersTest::hasAll);
    assertThat(fleet.domain().requests()).hasSize(3).allSatisfy(DefaultHeadersTest::hasAll);
  }

  @Test
  void theMostSpecificOneReplacesTheOthers() {
    WorkerClient.Builder all =
        WorkerClient.builder()
            .header("X-Where", "client")
            .header("X-Where", "client again")
            .header("X-Low", "client")
            .service(
                "APIMOM",
                own ->
                    own.header("X-WHERE", "service")
                        .header("X-Low", "service")
                        .customDomain(
                            fleet.domain().url(), domain -> domain.header("x-Where", "domain")));
    WorkerService service = fleet.service(all);

    service.get("/").execute();
    service.get("/").header("x-where", "request").header("X-Where", "twice").execute();

    List<RecordedRequest> requests = fleet.domain().requests();
    assertThat(requests.get(0).getHeaders().values("X-Where")).containsExactly("domain");
    assertThat(requests.get(0).getHeaders().values("X-Low")).containsExactly("service");
    assertThat(requests.get(1).getHeaders().values("X-Where")).containsExactly("request", "twice");
  }

  @Test
  void aServicesHeadersGoToNoOtherService() {
    WorkerClient.Builder two =
        builder().service("ORDERS", own -> own.customDomain(fleet.domain().url()));

    fleet.service(two, "ORDERS").get("/").execute();

    for (TestRoute route : List.of(fleet.proxy(), fleet.domain())) {
      RecordedRequest request = route.requests().get(0);
      assertThat(request.getHeaders().get("X-Service")).isNull();
      assertThat(request.getHeaders().values("X-Where")).containsExactly("client");
    }
  }

  @Test
  void healthAndDiagnosisSendThemToo() {
    fleet.proxy().answers(proxy(report(SOUND), answered(200, "")));
    WorkerService service = fleet.service(builder().userAgent("orders/1.2"));

    assertThat(service.diagnose().passed()).isTrue();

    assertThat(fleet.domain().requests()).isNotEmpty().allSatisfy(DefaultHeadersTest::hasAll);
    assertThat(fleet.proxy().requests())
        .hasSizeGreaterThan(1) // One asks the proxy itself, which is not a request to the service.
        .anySatisfy(DefaultHeadersTest::hasAll)
        .allSatisfy(
            request -> {
              assertThat(request.getHeaders().values("X-Client")).containsExactly("c");
              assertThat(request.getHeaders().values("User-Agent")).containsExactly("orders/1.2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "proxy-authorization",
        "Cookie",
        "CF-Access-Client-Id",
        "cf-access-client-secret",
        "CF-Access-Token",
        "Content-Type",
        "Idempotency-Key",
        "Host",
        "Connection",
        "Upgrade",
        "Expect",
        "Content-Length",
        "Transfer-Encoding",
        "Binding-Proxy-Target",
        "Binding-Proxy-Authorization",
        "",
        "X Y",
      })
  void whatBelongsToOneRouteOrOneRequestIsRefused(String name) {
    List<BiConsumer<String, String>> setters =
        List.of(
            (header, value) -> WorkerClient.builder().header(header, value),
            (header, value) ->
                WorkerClient.builder().service("A", own -> own.header(header, value)));
    for (BiConsumer<String, String> setter : setters) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> setter.accept(name, "hidden-value"))
          .withMessageContaining(name.isEmpty() || name.contains(" ") ? "a header" : name)
          .withMessageNotContaining("hidden-value");
    }
  }

  @Test
  void aRefusedCredentialSaysWhereItBelongs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerClient.builder().header("Authorization", "Bearer x"))
        .withMessage(
            "the header Authorization can't be set for every call: it is a credential, and would be"
                + " sent on every route; use bearerToken(…) or accessServiceToken(…) of the route,"
                + " or header(…) on the request");
  }

  @Test
  void theUserAgentIsThisLibrarysByDefault() throws Exception {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();

    fleet.service().get("/").execute();

    for (TestRoute route : List.of(fleet.proxy(), fleet.domain())) {
      assertThat(route.requests().get(0).getHeaders().values("User-Agent"))
          .as("Origin.VERSION is the POM's")
          .containsExactly("worker-client/" + version.group(1));
    }
  }

  @Test
  void theUserAgentIsTheApplicationsOrTheRequests() {
    WorkerService service = fleet.service(builder().userAgent("orders/1.2"));

    service.get("/").execute();
    service.get("/").header("user-agent", "job/3").execute();

    for (TestRoute route : List.of(fleet.proxy(), fleet.domain())) {
      assertThat(route.requests().get(0).getHeaders().values("User-Agent"))
          .containsExactly("orders/1.2");
      assertThat(route.requests().get(1).getHeaders().values("User-Agent"))
          .containsExactly("job/3");
    }
  }

  @Test
  void aUserAgentHeaderOfAServiceReplacesTheClients() {
    WorkerClient.Builder both =
        WorkerClient.builder()
            .userAgent("orders/1.2")
            .service(
                "APIMOM",
                own -> own.header("User-Agent", "s/1").customDomain(fleet.domain().url()));

    fleet.service(both).get("/").execute();

    assertThat(fleet.domain().requests().get(0).getHeaders().values("User-Agent"))
        .containsExactly("s/1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\r\nX: y", "ümlaut"})
  void aUserAgentThatNoHeaderHoldsIsRefused(String product) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerClient.builder().userAgent(product))
        .withMessageContaining("User-Agent");
  }
}
