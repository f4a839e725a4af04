package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordedRequestTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void holdsWhatTheProxyReceived() {
    workers.service("APIMOM").binding().answers(MockAnswer.status(201));
    post(workers.client());

    RecordedRequest request = onlyRequest(workers.service("APIMOM").binding());
    assertThat(request.service()).isEqualTo("APIMOM");
    assertThat(request.route()).isEqualTo("binding-proxy");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/orders/a%2Fb?q=%C3%BC%20x");
    assertThat(request.header("x-TENANT")).isEqualTo("acme");
    assertThat(request.headers().get("Binding-Proxy-Target")).containsExactly("APIMOM");
    assertThat(request.header("Binding-Proxy-Authorization"))
        .isEqualTo("Bearer " + workers.proxyToken());
    assertThat(request.string()).isEqualTo("{\"item\":\"ü\"}");
    assertThat(request.bytes()).hasSize(13);
  }

  @Test
  void holdsThePathBelowTheCustomDomainsOwn() {
    workers.service("APIMOM").customDomain().answers(MockAnswer.status(201));
    post(workers.client());

    RecordedRequest request = onlyRequest(workers.service("APIMOM").customDomain());
    assertThat(request.route()).isEqualTo("custom-domain");
    assertThat(request.path()).isEqualTo("/v1/orders/a%2Fb?q=%C3%BC%20x");
    assertThat(request.headers().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("binding-proxy"));
  }

  @Test
  void tellsNoHeaderInItsText() {
    workers.service("APIMOM").binding().answers(MockAnswer.status(200));
    workers.client().service("APIMOM").get("/").execute();
    assertThat(onlyRequest(workers.service("APIMOM").binding()))
        .hasToString("GET / on binding-proxy of APIMOM");
  }

  private static void post(WorkerClient client) {
    client
        .service("APIMOM")
        .post("/v1/orders/{id}", "a/b")
        .query("q", "ü x")
        .header("X-Tenant", "acme")
        .body("{\"item\":\"ü\"}", "application/json")
        .execute();
  }

  private static RecordedRequest onlyRequest(MockRoute route) {
    assertThat(route.requests()).hasSize(1);
    return route.requests().get(0);
  }
}
