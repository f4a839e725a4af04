package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MockWorkersTest {
  private final MockWorkers workers = MockWorkers.start();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void aLaterScriptReplacesTheEarlier() {
    MockRoute binding = workers.service("APIMOM").binding();
    binding.fails(Fault.bindingMissing());
    binding.answers(MockAnswer.text("first"));
    binding.answers(MockAnswer.text("second"));
    assertThat(get().string()).isEqualTo("second");
  }

  @Test
  void aServiceHasTheRoutesThatTheTestAskedFor() {
    workers.service("BOTH").binding().answers(MockAnswer.text("binding"));
    workers.service("BOTH").customDomain().answers(MockAnswer.text("domain"));
    workers.service("DOMAIN").customDomain().answers(MockAnswer.text("domain"));
    MockService plain = workers.service("PLAIN");
    WorkerClient client = workers.client();
    plain.binding().answers(MockAnswer.text("binding"));

    assertThat(client.service("BOTH").get("/").execute().string()).isEqualTo("binding");
    assertThat(client.service("DOMAIN").get("/").execute().string()).isEqualTo("domain");
    assertThat(client.service("PLAIN").get("/").execute().string()).isEqualTo("binding");
  }

  @Test
  void answersOverTheBindingCarryTheProxysMarksAndNoneOfTheTargetsOwn() {
    workers
        .service("APIMOM")
        .binding()
        .answers(
            MockAnswer.json("{}")
                .withStatus(404)
                .withHeader("X-Own", "1")
                .withHeader("Cache-Control", "public, max-age=60")
                .withHeader("Keep-Alive", "timeout=5")
                .withHeader("Binding-Proxy-Outcome", "not-dispatched"));
    WorkerResponse response = get();
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("X-Own")).isEqualTo("1");
    assertThat(response.header("Keep-Alive")).isNull();
    assertThat(response.header("Cache-Control")).isEqualTo("private, max-age=60");
    assertThat(response.headers().get("binding-proxy-outcome")).containsExactly("target-answered");
  }

  @Test
  void answersWithoutABodyLeaveTheConnectionUsable() {
    MockRoute domain = workers.service("APIMOM").customDomain();
    WorkerClient client = workers.client();
    domain.answers(MockAnswer.text("body").withHeader("ETag", "\"v1\""));
    assertThat(client.service("APIMOM").head("/").execute().bytes()).isEmpty();
    domain.answers(MockAnswer.status(204));
    assertThat(client.service("APIMOM").get("/").execute().status()).isEqualTo(204);
    domain.answers(MockAnswer.status(200).withBody(new byte[] {1, 2}));
    assertThat(client.service("APIMOM").get("/").execute().bytes()).containsExactly(1, 2);
    assertThat(domain.executions()).isEqualTo(3);
  }

  @Test
  void theProxyRefusesAnyTokenButItsOwn() {
    workers.service("APIMOM").binding().answers(MockAnswer.text("never"));
    try (WorkerClient stranger =
        WorkerClient.builder()
            .bindingProxy(workers.proxyUrl(), proxy -> proxy.bearerToken("another-token"))
            .service("APIMOM")
            .build()) {
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> stranger.service("APIMOM").post("/").execute())
          .satisfies(e -> assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED))
          .withMessageContaining("UNAUTHORIZED");
    }
    assertThat(workers.service("APIMOM").binding().requests()).hasSize(1);
    assertThat(workers.service("APIMOM").executions()).isZero();
  }

  @Test
  void propertiesAreEnoughToBuildAClientByHand() {
    workers.service("APIMOM").binding().answers(MockAnswer.text("binding"));
    workers.service("APIMOM").customDomain().answers(MockAnswer.text("domain"));
    String domain = workers.customDomainUrl("APIMOM");
    try (WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(workers.proxyUrl(), proxy -> proxy.bearerToken(workers.proxyToken()))
            .service(
                "APIMOM", own -> own.customDomain(domain).routes("custom-domain", "binding-proxy"))
            .build()) {
      assertThat(client.service("APIMOM").get("/").execute().string()).isEqualTo("domain");
    }
    assertThat(workers.proxyUrl()).startsWith("http://127.0.0.1:");
  }

  @Test
  void resetForgetsServicesScriptsAndRecordsButKeepsTheServiceItself() {
    MockService service = workers.service("APIMOM");
    service.customDomain().answers(MockAnswer.text("x"));
    get();
    workers.reset();

    assertThat(service.customDomain().requests()).isEmpty();
    assertThat(service.executions()).isZero();
    assertThatIllegalArgumentException().isThrownBy(workers::client);
    assertThat(workers.service("APIMOM")).isSameAs(service);
    service.binding().answers(MockAnswer.text("binding alone now"));
    workers.reset();
    workers.service("APIMOM").binding().answers(MockAnswer.text("binding"));
    assertThat(get().string()).isEqualTo("binding");
  }

  @Test
  @Timeout(10)
  void hangBlocksNeitherResetNorClose() throws Exception {
    MockRoute binding = workers.service("APIMOM").binding();
    binding.fails(Fault.hang());
    try (WorkerClient client = workers.builder().attemptTimeout(Duration.ofMinutes(1)).build()) {
      CompletableFuture<WorkerResponse> held =
          client.service("APIMOM").post("/").timeout(Duration.ofMinutes(1)).executeAsync();
      awaitRequest(binding);
      workers.reset();
      assertDropped(held);

      workers.service("APIMOM").binding().fails(Fault.hang());
      held = client.service("APIMOM").post("/").timeout(Duration.ofMinutes(1)).executeAsync();
      awaitRequest(binding);
      long start = System.nanoTime();
      workers.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertDropped(held);
    }
  }

  @Test
  void closeClosesItsClients() {
    workers.service("APIMOM").optional().binding().answers(MockAnswer.text("x"));
    WorkerClient client = workers.client();
    workers.close();
    assertThatIllegalStateException().isThrownBy(() -> client.service("APIMOM").get("/").execute());
  }

  @Test
  void aClientBeforeAnyServiceIsRefusedWithWhatToWrite() {
    assertThatIllegalArgumentException()
        .isThrownBy(workers::client)
        .withMessageContaining("write service(name).binding()");
  }

  @Test
  void aServicesSettingsAreItsClients() {
    workers
        .service("APIMOM")
        .clientSettings(own -> own.retry(RetryOptions.builder().maxAttempts(1).build()))
        .binding()
        .fails(Fault.resetBeforeAnswer());
    assertThatExceptionOfType(WorkerConnectionException.class).isThrownBy(this::get);
    assertThat(workers.service("APIMOM").executions()).isEqualTo(1);
  }

  @Test
  void aCallThatNeverCameTellsOfRequestsWithoutTheToken() {
    workers.service("APIMOM").customDomain().answers(MockAnswer.text("x"));
    try (WorkerClient lost =
        WorkerClient.builder()
            .service("APIMOM", own -> own.customDomain(workers.proxyUrl()))
            .build()) {
      assertThat(lost.service("APIMOM").get("/").execute().status()).isEqualTo(401);
    }
    assertThatThrownBy(workers::verify)
        .hasMessageContaining("1 request(s) came to the binding proxy without its token");
    workers.reset();
  }

  @Test
  void refusesNamesThatNoBindingHas() {
    assertThatIllegalArgumentException().isThrownBy(() -> workers.service("no name"));
  }

  private WorkerResponse get() {
    return workers.client().service("APIMOM").get("/").execute();
  }

  private static void awaitRequest(MockRoute route) {
    while (route.requests().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void assertDropped(CompletableFuture<WorkerResponse> held) throws Exception {
    try {
      held.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(WorkerConnectionException.class);
      assertThat(((WorkerException) e.getCause()).delivery()).isEqualTo(Delivery.UNKNOWN);
      return;
    }
    throw new AssertionError("an answer came");
  }
}
