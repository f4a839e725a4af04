package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EventType;

/** The extension as JUnit runs it. */
class MockWorkersExtensionTest {
  @Test
  void oneServerServesAClassAndItsNestedOnesAndEachTestBeginsEmpty() {
    OneServer.urls.clear();
    assertSuccessful(Samples.run(OneServer.class), 3);
    assertThat(OneServer.urls).hasSize(3).containsOnly(OneServer.urls.get(0));
    OneServer.clients.forEach(
        client ->
            assertThatIllegalStateException()
                .isThrownBy(() -> client.service("APIMOM").get("/").execute()));
  }

  static class OneServer {
    static final List<String> urls = new ArrayList<>();
    static final List<WorkerClient> clients = new ArrayList<>();

    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @BeforeAll
    static void serverIsThereForSettings() {
      assertThat(workers.proxyUrl()).startsWith("http://127.0.0.1:");
      workers.service("FORGOTTEN").binding().answers(text("before each"));
    }

    @Test
    void one() {
      call();
    }

    @Test
    void two() {
      call();
    }

    @Nested
    class Inner {
      @Test
      void three() {
        call();
      }
    }

    static void call() {
      urls.add(workers.proxyUrl());
      assertThat(workers.service("APIMOM").binding().requests()).isEmpty();
      workers.service("APIMOM").binding().answers(text("x"));
      WorkerClient client = workers.client();
      clients.add(client);
      assertThat(client.service("APIMOM").get("/").execute().status()).isEqualTo(200);
    }
  }

  @Test
  void theMockIsAParameter() {
    assertSuccessful(Samples.run(Parameter.class), 2);
  }

  @ExtendWith(MockWorkersExtension.class)
  static class Parameter {
    @BeforeEach
    void script(MockWorkers workers) {
      workers.service("APIMOM").binding().answers(text("scripted before"));
    }

    @Test
    void one(MockWorkers workers) {
      assertThat(workers.client().service("APIMOM").get("/").execute().string())
          .isEqualTo("scripted before");
    }

    @Test
    void two(MockWorkers workers) {
      one(workers);
    }
  }

  @Test
  void aTestThatMakesAnUnexpectedCallFails() {
    assertFails(
        Unexpected.class,
        "1 unexpected request(s), and nothing is scripted:\n"
            + "  GET /v1/x on custom-domain of APIMOM");
  }

  static class Unexpected {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void callsWhatNobodyScripted() {
      workers.service("APIMOM").customDomain();
      workers.client().service("APIMOM").get("/v1/x").execute();
    }
  }

  @Test
  void aTestThatMakesNoExpectedCallFails() {
    assertFails(
        NotCalled.class,
        "MockWorkers: no request came for service(\"APIMOM\").binding(): MockAnswer{HTTP 200, 1"
            + " bytes}; service(\"APIMOM\").customDomain(): MockAnswer{HTTP 200, 1 bytes}. Make the"
            + " call, take the script away, or say service(\"APIMOM\").optional()");
  }

  static class NotCalled {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void scriptsAndNeverCalls() {
      workers.service("APIMOM").binding().answers(text("x"));
      workers.service("APIMOM").customDomain().answers(text("x"));
    }
  }

  @Test
  void aBreakerThatALongLivedClientKeptOpenIsNamed() {
    assertThat(Samples.run(BreakerKeptOpen.class).testEvents().failed().list())
        .singleElement()
        .asString()
        .contains("circuit breaker APIMOM.binding-proxy may be open");
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class BreakerKeptOpen {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
    private static @Nullable WorkerClient longLived;

    @Test
    void a() {
      workers.service("APIMOM").binding().fails(Fault.bindingMissing());
      workers.service("APIMOM").customDomain().answers(text("x"));
      WorkerClient client = openForLong(workers).build();
      longLived = client;
      for (int i = 0; i < 3; i++) {
        client.service("APIMOM").get("/").execute();
      }
    }

    @Test
    void b() {
      workers.service("APIMOM").binding().answers(text("x"));
      try (WorkerClient client = Objects.requireNonNull(longLived)) {
        client.service("APIMOM").get("/").execute();
      } catch (WorkerException e) {
        // Nothing is scripted on the other route.
      }
    }
  }

  @Test
  void aResetBetweenTestsBringsTheRouteBack() {
    assertSuccessful(Samples.run(BreakerReset.class), 2);
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class BreakerReset {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
    private static @Nullable WorkerClient longLived;

    @Test
    void a() {
      workers.service("APIMOM").binding().fails(Fault.bindingMissing());
      workers.service("APIMOM").customDomain().answers(text("x"));
      WorkerClient client = openForLong(workers).build();
      longLived = client;
      for (int i = 0; i < 3; i++) {
        client.service("APIMOM").get("/").execute();
      }
    }

    @Test
    void b() {
      workers.service("APIMOM").binding().answers(text("x"));
      try (WorkerClient client = Objects.requireNonNull(longLived)) {
        client.resetBreakers();
        client.service("APIMOM").get("/").execute();
      }
    }
  }

  @Test
  void aTestThatMissesOneEndpointFails() {
    assertFails(
        EndpointNotCalled.class,
        "no request came for service(\"APIMOM\").customDomain().on(\"POST\", \"/b\")");
  }

  static class EndpointNotCalled {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void callsOneEndpointOfTwo() {
      MockService service = workers.service("APIMOM");
      service.binding().on("GET", "/a").fails(Fault.bindingMissing());
      service.customDomain().on("GET", "/a").answers(text("a"));
      service.customDomain().on("POST", "/b").answers(text("b"));
      workers.client().service("APIMOM").get("/a").execute();
    }
  }

  @Test
  void theRestOfAChainAndWhatIsOptionalNeedNoCall() {
    assertSuccessful(Samples.run(NeedsNoCall.class), 3);
  }

  static class NeedsNoCall {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void theFallback() {
      workers.service("APIMOM").binding().answers(text("x"));
      workers.service("APIMOM").customDomain().answers(text("never asked"));
      workers.client().service("APIMOM").get("/").execute();
    }

    @Test
    void theSameEndpointOnTheOtherRoute() {
      workers.service("APIMOM").binding().on("GET", "/a").answers(text("x"));
      workers.service("APIMOM").customDomain().on("GET", "/a").answers(text("never asked"));
      workers.client().service("APIMOM").get("/a").execute();
    }

    @Test
    void optional() {
      workers.service("APIMOM").optional().binding().answers(text("x"));
    }
  }

  @Test
  void aTestThatLeaksAResponseFailsAndTheNextDoesNot() {
    EngineExecutionResults results = Samples.run(Leaks.class);
    results
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("leaks"),
                finishedWithFailure(
                    instanceOf(AssertionError.class),
                    message(
                        text ->
                            text.contains(
                                "the response to GET /export?all=1 on binding-proxy of APIMOM was"
                                    + " never closed")))));
    results.testEvents().assertStatistics(events -> events.succeeded(1).failed(1));
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Leaks {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    @Order(1)
    @SuppressWarnings("MustBeClosedChecker")
    void leaks() {
      workers.service("APIMOM").binding().answers(text("x".repeat(100_000)));
      var unused =
          workers.client().service("APIMOM").get("/export").query("all", "1").executeStreaming();
    }

    @Test
    @Order(2)
    void leaksNothing() {
      workers.service("APIMOM").binding().answers(text("x"));
      workers.client().service("APIMOM").get("/").executeStreaming().close();
    }
  }

  @Test
  void aTestsOwnFailureStaysTheOneReported() {
    Samples.run(OwnFailure.class)
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            test(
                finishedWithFailure(
                    message("the test's own"),
                    suppressed(0, message(text -> text.contains("1 unexpected request(s)"))))));
  }

  static class OwnFailure {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void failsByItself() {
      workers.service("APIMOM").customDomain();
      workers.client().service("APIMOM").get("/v1/x").execute();
      fail("the test's own");
    }
  }

  @Test
  void anAbortedTestStaysAborted() {
    Samples.run(Aborted.class).testEvents().assertStatistics(events -> events.aborted(1).failed(0));
  }

  static class Aborted {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void isAborted() {
      workers.service("APIMOM").binding().answers(text("x"));
      Assumptions.abort("not here");
    }
  }

  @Test
  void aCallThatATestLeavesBehindDoesNotComeIntoTheNext() {
    for (int round = 0; round < 5; round++) {
      assertSuccessful(Samples.run(LeavesACall.class), 2);
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class LeavesACall {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    @Order(1)
    void endsWhileItsCallHangs() {
      MockRoute binding = workers.service("APIMOM").binding();
      binding.fails(Fault.hang());
      var unused = workers.client().service("APIMOM").get("/old").executeAsync();
      while (binding.requests().isEmpty()) {
        Thread.onSpinWait();
      }
    }

    @Test
    @Order(2)
    void seesItsOwnCallsAlone() {
      MockRoute binding = workers.service("APIMOM").binding();
      binding.on("GET", "/new").answers(text("x"));
      for (int call = 0; call < 50; call++) {
        workers.client().service("APIMOM").get("/new").execute();
      }
      assertThat(binding.executions()).isEqualTo(50);
    }
  }

  @Test
  void anExtensionThatJUnitDoesNotKnowIsRefused() {
    MockWorkersExtension forgotten = MockWorkersExtension.create();
    assertThatIllegalStateException()
        .isThrownBy(() -> forgotten.service("APIMOM"))
        .withMessageContaining("@RegisterExtension");
  }

  @Test
  void anAnswerByFunctionThatThrowsFailsTheTestWithWhatItThrew() {
    assertFails(Throwing.class, "the answer to GET /x on binding-proxy of APIMOM threw");
    Samples.run(Throwing.class)
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                suppressed(
                    0,
                    new Condition<>(e -> e.getCause() instanceof IllegalStateException, "cause"))));
  }

  static class Throwing {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void answersByAFunctionThatThrows() {
      workers
          .service("APIMOM")
          .binding()
          .answers(
              request -> {
                throw new IllegalStateException("of " + request.path());
              });
      WorkerClient client = workers.client();
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> client.service("APIMOM").get("/x").execute()))
          .hasMessageContaining("of /x");
    }
  }

  @Test
  void anAssertionInAnAnswerByFunctionFailsTheTest() {
    assertFails(Asserting.class, "threw java.lang.AssertionError: no tenant");
  }

  static class Asserting {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    @Test
    void assertsInTheAnswer() {
      workers
          .service("APIMOM")
          .customDomain()
          .answers(
              request -> {
                throw new AssertionError("no tenant");
              });
      WorkerClient client = workers.client();
      assertThat(client.service("APIMOM").get("/x").execute().string()).contains("no tenant");
    }
  }

  @Test
  void servicesAndRoutesMayBeFieldsOfATest() {
    assertSuccessful(Samples.run(Fields.class), 2);
    assertFails(FieldsNotCalled.class, "no request came for service(\"APIMOM\").binding()");
  }

  static class Fields {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    private final MockService apimom = workers.service("APIMOM");
    private final MockRoute domain = workers.service("AUDIT").customDomain();

    @Test
    void one() {
      call();
    }

    @Test
    void two() {
      call();
    }

    private void call() {
      apimom.binding().answers(text("x"));
      domain.on("GET", "/").answers(text("y"));
      WorkerClient client = workers.client();
      assertThat(client.service("APIMOM").get("/").execute().string()).isEqualTo("x");
      assertThat(client.service("AUDIT").get("/").execute().string()).isEqualTo("y");
    }
  }

  static class FieldsNotCalled {
    @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

    private final MockRoute binding = workers.service("APIMOM").binding();

    @Test
    void scriptsAndNeverCalls() {
      binding.answers(text("x"));
    }
  }

  private static WorkerClient.Builder openForLong(MockWorkersExtension workers) {
    return workers
        .builder()
        .circuitBreaker(CircuitBreakerOptions.builder().openTime(Duration.ofMinutes(5)).build());
  }

  private static void assertSuccessful(EngineExecutionResults results, int tests) {
    results.testEvents().failed().stream().findFirst().ifPresent(failed -> fail(failed.toString()));
    results.testEvents().assertStatistics(events -> events.succeeded(tests).failed(0));
  }

  private static void assertFails(Class<?> sample, String saying) {
    assertThat(Samples.run(sample).testEvents().list())
        .filteredOn(event -> event.getType() == EventType.FINISHED)
        .singleElement()
        .asString()
        .contains("AssertionError: MockWorkers: ")
        .contains(saying);
  }
}
