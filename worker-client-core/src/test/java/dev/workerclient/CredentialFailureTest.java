package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route's credential that can't be had, is not fit for a header, or was never set. */
@Timeout(30)
class CredentialFailureTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerClient.Builder proxyOnly(Supplier<String> token) {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(token))
        .service("APIMOM");
  }

  private WorkerClient.Builder both(Supplier<String> token) {
    return WorkerClient.builder()
        .bindingProxy(fleet.proxy().url(), proxy -> proxy.bearerToken(token))
        .service("APIMOM", service -> service.customDomain(fleet.domain().url()));
  }

  private static String broken() {
    throw new IllegalStateException("s3cret vault", new IOException("s3cret socket"));
  }

  @Test
  void aSupplierThatThrowsIsTheApplicationsFailureAndItsTypesAreKept() {
    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> fleet.service(proxyOnly(CredentialFailureTest::broken)).post("/").execute());

    assertThat(failure)
        .hasMessageContaining(
            "the bearer token of the binding proxy can't be read: its supplier threw"
                + " java.lang.IllegalStateException")
        .hasMessageNotContaining("ASCII");
    assertThat(failure.serviceError().code()).isEqualTo("WORKER_CALL");
    assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(failure.diagnosis().fix()).contains("supplier");
    assertThat(trace(failure))
        .contains("HiddenMessage: java.lang.IllegalStateException (message hidden)")
        .contains("HiddenMessage: java.io.IOException (message hidden)")
        .contains("CredentialFailureTest.broken(");
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void whatTheSupplierSaidStandsNowhere() throws IOException {
    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> fleet.service(proxyOnly(CredentialFailureTest::broken)).post("/").execute());

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
    assertThat(trace(failure) + failure.serviceError()).doesNotContain("s3cret");
  }

  @Test
  void causesInACircleEnd() {
    IllegalStateException one = new IllegalStateException("s3cret");
    one.initCause(new IllegalArgumentException(one));

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () ->
                fleet
                    .service(
                        proxyOnly(
                            () -> {
                              throw one;
                            }))
                    .get("/")
                    .execute());

    assertThat(trace(failure)).contains("IllegalArgumentException").doesNotContain("s3cret");
  }

  @Test
  void aSupplierThatThrowsCostsItsRouteAndNoMore() {
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response =
        fleet.service(both(CredentialFailureTest::broken)).post("/v1/orders").execute();

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(response.attempts().get(0).failure()).isEqualTo("WORKER_CALL");
    assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void aSupplierThatThrowsOpensNoBreaker() {
    fleet.proxy().answers(answered(200, "{}"));
    AtomicInteger read = new AtomicInteger();
    WorkerService service =
        fleet.service(proxyOnly(() -> read.incrementAndGet() <= 20 ? broken() : "token"));

    for (int call = 0; call < 20; call++) {
      assertThat(catchThrowable(() -> service.get("/").execute()))
          .isInstanceOf(WorkerCallException.class);
    }

    assertThat(service.get("/").execute().status()).isEqualTo(200);
  }

  @Test
  void aSupplierThatWasInterruptedEndsTheCallAsCancelledWithTheFlagSet() {
    WorkerCancelledException failure =
        catchThrowableOfType(
            WorkerCancelledException.class,
            () ->
                fleet
                    .service(both(() -> sneak(new InterruptedException("s3cret"))))
                    .get("/")
                    .execute());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  /** As Kotlin throws a checked exception. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> String sneak(Exception e) throws E {
    throw (E) e;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s3c\nret", "s3crét"})
  void aValueThatIsNotFitForAHeaderStaysAnAccessDenial(String value) {
    AccessDeniedException failure =
        catchThrowableOfType(
            AccessDeniedException.class,
            () -> fleet.service(proxyOnly(() -> value)).get("/").execute());

    assertThat(failure).hasMessageContaining("visible ASCII").hasMessageNotContaining("s3c");
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void aProxyThatWantsATokenIsMetWithTheAdviceToSetOne() {
    fleet.proxy().answers(problem(401, "not-dispatched", "UNAUTHORIZED"));

    AccessDeniedException failure =
        catchThrowableOfType(
            AccessDeniedException.class,
            () ->
                fleet
                    .service(
                        WorkerClient.builder().bindingProxy(fleet.proxy().url()).service("APIMOM"))
                    .get("/")
                    .execute());

    assertThat(failure.diagnosis().cause()).contains("no token is set");
    assertThat(failure.diagnosis().fix())
        .contains("bindingProxy(origin, proxy -> proxy.bearerToken(…))");
  }

  @Test
  void aProxyThatKnowsAnotherTokenIsMetWithTheAdviceToCompareThem() {
    fleet.proxy().answers(problem(401, "not-dispatched", "UNAUTHORIZED"));

    AccessDeniedException failure =
        catchThrowableOfType(
            AccessDeniedException.class,
            () -> fleet.service(proxyOnly(() -> "token")).get("/").execute());

    assertThat(failure.diagnosis().cause()).doesNotContain("no token");
    assertThat(failure.diagnosis().fix()).contains("PROXY_TOKEN");
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
