package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.workerclient.error.BindingNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a batch goes on each route. */
class RpcRequestTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @Test
  void toTheProxyItIsAnOperationAndNoPath() {
    fleet.proxy().answers(answered(200, ""));
    send(fleet.service());
    var request = fleet.proxy().requests().get(0);
    assertThat(request.getTarget()).isEqualTo("/");
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getHeaders().get("Binding-Proxy-Op")).isEqualTo("rpc");
    assertThat(request.getHeaders().get("Binding-Proxy-Target")).isEqualTo("APIMOM");
  }

  @Test
  void toADomainItIsItsPathAndNothingOfTheProxys() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, ""));
    assertThat(send(fleet.service(withRpcPath())).route()).isEqualTo("custom-domain");
    var request = fleet.domain().requests().get(0);
    assertThat(request.getTarget()).isEqualTo("/api");
    assertThat(request.getHeaders().get("Binding-Proxy-Op")).isNull();
  }

  @Test
  void aDomainThatServesNoneIsLeftOut() {
    fleet.proxy().answers(bindingMissing());
    WorkerService service = fleet.service();
    assertThatExceptionOfType(BindingNotFoundException.class)
        .isThrownBy(() -> send(service))
        .satisfies(e -> assertThat(e.serviceError().operation()).isEqualTo("hello"));
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aServiceWithoutSuchARouteIsSaidBeforeAnythingIsSent() {
    WorkerService plain =
        fleet.service(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url())));
    assertThatIllegalStateException()
        .isThrownBy(() -> plain.rpc("hello"))
        .withMessageContaining("rpcPath(…)");
  }

  @Test
  void otherCallsDoNotGoToTheRpcPath() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, ""));
    assertThat(fleet.service(withRpcPath()).get("/v1").execute().status()).isEqualTo(200);
    assertThat(fleet.domain().requests().get(0).getTarget()).isEqualTo("/v1");
  }

  private WorkerClient.Builder withRpcPath() {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url())
        .service(
            "APIMOM",
            own -> own.customDomain(fleet.domain().url(), domain -> domain.rpcPath("/api")));
  }

  private static WorkerResponse send(WorkerService service) {
    return service.rpc("hello").body("[]", "text/plain").execute();
  }
}
