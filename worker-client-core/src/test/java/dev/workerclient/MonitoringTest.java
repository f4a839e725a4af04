package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.hanging;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.error.WorkerException;
import dev.workerclient.health.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics and tracing read of a client and its calls. */
@Timeout(60)
class MonitoringTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final List<String> calls = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final List<String> redacted = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  private WorkerService listened() {
    return fleet.service(
        fleet
            .builder()
            .listener(
                new CallListener() {
                  @Override
                  public void callStarted(CallInfo call) {
                    calls.add(call.method() + ", " + call.operationTag() + ", " + call.isRpc());
                  }

                  @Override
                  public void attemptStarted(CallInfo call, AttemptInfo attempt) {
                    urls.add(attempt.url());
                    redacted.add(attempt.redactedUrl());
                    addresses.add(attempt.host() + ":" + attempt.port());
                  }
                }));
  }

  @Test
  void theTagOfAnOperationShowsNoPathThatIsNotATemplate() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = listened();

    service.get("/v1/orders/{id}", 7).execute();
    service.requestEncoded("DELETE", "/v1/orders/7").execute();
    service.requestEncoded("PUT", "/v1/orders/8").operation("replaceOrder").execute();
    service.rpc("getOrder").body("[]", "text/plain").execute();

    assertThat(calls)
        .containsExactly(
            "GET, GET /v1/orders/{id}, false",
            "DELETE, DELETE, false",
            "PUT, replaceOrder, false",
            "POST, getOrder, true");
  }

  @Test
  void anAttemptTellsTheUrlThatItsRouteRequests() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "{}"));

    listened().get("/v1/orders/{id}", "a b").query("full", true).execute();

    String target = "/v1/orders/a%20b?full=true";
    assertThat(urls).containsExactly(fleet.proxy().url() + target, fleet.domain().url() + target);
    assertThat(fleet.domain().requests().get(0).getTarget()).isEqualTo(target);
  }

  @Test
  void theUrlForSpansHasNoValuesInItsQuery() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = listened();

    service.requestEncoded("GET", "/v1?token=s3cret&=s3cret&a=s3=cret&b=&flag&c=s3cret").execute();
    service.get("/v1/{id}", "a=b").execute();

    String origin = fleet.proxy().url();
    assertThat(redacted)
        .containsExactly(
            origin + "/v1?token=REDACTED&=REDACTED&a=REDACTED&b=REDACTED&flag&c=REDACTED",
            origin + "/v1/a%3Db");
    assertThat(addresses).containsOnly(origin.substring("http://".length()));
  }

  @Test
  void breakersAndTheRetryBudgetAreToldAndReset() {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(dropped());
    WorkerClient client =
        fleet.client(
            timing
                .in(fleet.builder())
                .retry(RetryOptions.ofDefaults())
                .circuitBreaker(CircuitBreakerOptions.ofDefaults()));
    WorkerService service = client.service(TestFleet.SERVICE);
    assertThat(service.retryTokens()).isEqualTo(500);

    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(WorkerException.class).isThrownBy(() -> service.get("/").execute());
    }

    assertThat(service.retryTokens()).isLessThan(500);
    assertThat(service.breakerStates().keySet()).containsExactly("binding-proxy", "custom-domain");
    assertThat(service.breakerStates()).containsEntry("binding-proxy", BreakerState.OPEN);

    client.resetBreakers();
    client.resetRetryBudgets();

    assertThat(service.breakerStates().values()).containsOnly(BreakerState.CLOSED);
    assertThat(service.retryTokens()).isEqualTo(500);
    assertThat(client.serviceNames()).containsExactly(TestFleet.SERVICE);
  }

  @Test
  void aRouteWithoutABreakerIsOff() {
    WorkerService service =
        fleet.service(fleet.builder().circuitBreaker(CircuitBreakerOptions.disabled()));

    assertThat(service.breakerStates().values()).containsOnly(BreakerState.OFF);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asyncCallsAreCountedWhileTheyRunAndWhileTheyWait(boolean pooled) throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    fleet
        .proxy()
        .answers(
            request -> {
              arrived.countDown();
              return hanging();
            });
    ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(2);
    Executor oneThreadEach = task -> new Thread(task).start();
    WorkerClient client =
        fleet.client(
            timing
                .in(fleet.builder())
                .maxConcurrentCalls(pooled ? 100 : 2)
                .executor(pooled ? pool : oneThreadEach));
    List<CompletableFuture<WorkerResponse>> futures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      futures.add(client.service(TestFleet.SERVICE).get("/").executeAsync());
    }
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(client.runningAsyncCalls() + client.queuedAsyncCalls()).isEqualTo(5);
    assertThat(client.runningAsyncCalls()).isEqualTo(2);
    assertThat(client.maxConcurrentCalls()).isEqualTo(pooled ? 100 : 2);

    futures.forEach(future -> future.cancel(true));
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.queuedAsyncCalls()).isZero();
  }
}
