package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.RateLimitedException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerThrewException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerAssertionsTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void theFormInTheDocumentation() {
    workers.service("APIMOM").customDomain().fails(Fault.error1042());
    WorkerService service = workers.client().service("APIMOM");

    assertThatWorkerCall(() -> service.get("/v1/x").execute())
        .failsWith(Error1042Exception.class)
        .onRoute("custom-domain")
        .isSafeToResend();
  }

  @Test
  void failsWithGivesAssertJsOwnAssertionsAndTheTypedFailure() {
    assertThatWorkerCall(() -> post(Fault.error1015()).execute())
        .failsWith(RateLimitedException.class)
        .hasMessageContaining("APIMOM POST /v1/orders failed on custom-domain")
        .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)))
        .hasNoSuppressedExceptions()
        .hasErrorCode("RATE_LIMITED");
  }

  @Test
  void anyFailureOfTheLibraryIsAWorkerException() {
    assertThatWorkerCall(() -> post(Fault.error1042()).execute())
        .failsWith(WorkerException.class)
        .isExactlyInstanceOf(Error1042Exception.class);
  }

  @Test
  void aCallIsMadeOnceWhateverIsAssertedOfIt() {
    WorkerRequest order = post(Fault.error1101());
    WorkerCallAssert call = assertThatWorkerCall(order::execute);
    call.failsWith(WorkerThrewException.class);
    call.failsWith(WorkerException.class);
    assertThat(workers.service("APIMOM").executions()).isEqualTo(1);
  }

  @Test
  void aCallThatReturnedDidNotFail() {
    workers.service("APIMOM").binding().answers(MockAnswer.status(500));
    WorkerService service = workers.client().service("APIMOM");
    WorkerCallAssert call = assertThatWorkerCall(() -> service.get("/").execute());

    assertFails(() -> call.failsWith(Error1042Exception.class))
        .withMessage("Expected the call to fail with Error1042Exception, but it returned.")
        .withNoCause();
    assertThat(workers.service("APIMOM").executions()).isEqualTo(1);
  }

  @Test
  void anotherFailureIsShownWholeWithItsAttemptsAndKeptAsCause() {
    WorkerException failure = failure(afterMissingBinding(Fault.error1042()));
    assertThat(failure.getMessage()).contains("cause:", "fix:", "safe to retry:", "attempts:");

    assertFails(
            () ->
                assertThatWorkerCall(
                        () -> {
                          throw failure;
                        })
                    .failsWith(RateLimitedException.class))
        .withMessageStartingWith(
            "Expected the call to fail with RateLimitedException, but it failed with"
                + " Error1042Exception.\n"
                + "APIMOM POST /v1/orders failed with Error1042Exception (ERROR_1042) after 2"
                + " attempts:\n"
                + "  1. binding-proxy: HTTP 404, BINDING_NOT_FOUND (")
        .withMessageContaining("\n  2. custom-domain: HTTP 404, ERROR_1042 (")
        .withMessageEndingWith("\nIts message: " + failure.getMessage())
        .withCause(failure);
  }

  @Test
  void whatIsNoFailureOfTheLibraryIsShownAndKeptAsCause() {
    IllegalStateException closed = new IllegalStateException("100%n closed");
    WorkerCallAssert call =
        assertThatWorkerCall(
            () -> {
              throw closed;
            });
    assertFails(() -> call.failsWith(WorkerException.class))
        .withMessage(
            "Expected the call to fail with WorkerException, but it threw"
                + " java.lang.IllegalStateException: 100%n closed")
        .withCause(closed);
  }

  @Test
  void theFailureOfAnAsyncCallIsFoundByJoinAndByGet() {
    assertThatWorkerCall(() -> post(Fault.error1042()).executeAsync().join())
        .failsWith(Error1042Exception.class);
    assertThatWorkerCall(() -> post(Fault.error1042()).executeAsync().get())
        .failsWith(Error1042Exception.class);
    assertThatWorkerCall(() -> post(Fault.error1042()).executeAsync().thenApply(r -> r).join())
        .failsWith(Error1042Exception.class);
  }

  @Test
  void theFailureOfAStreamIsFoundInItsIOException() {
    WorkerException failure = failure(post(Fault.error1042()));
    for (Exception e : new Exception[] {new IOException(failure), unchecked(failure)}) {
      assertThatWorkerCall(
              () -> {
                throw e;
              })
          .failsWith(WorkerException.class)
          .isSameAs(failure);
    }
    WorkerCallAssert ofAnother =
        assertThatWorkerCall(
            () -> {
              throw new IOException("disk full");
            });
    assertFails(() -> ofAnother.failsWith(WorkerException.class))
        .withMessageEndingWith("it threw java.io.IOException: disk full");
  }

  @Test
  void anExceptionOfTheApplicationAroundItIsNotOpened() {
    WorkerException failure = failure(post(Fault.error1042()));
    WorkerCallAssert call =
        assertThatWorkerCall(
            () -> {
              throw new IllegalStateException("no orders today", failure);
            });
    assertFails(() -> call.failsWith(Error1042Exception.class))
        .withMessageContaining("no orders today");
  }

  @Test
  void aDescriptionStandsInFrontOfTheCallsTextAndTheFailures() {
    WorkerCallAssert call =
        assertThatWorkerCall(() -> post(Fault.error1042()).execute()).as("order %d", 7);
    assertFails(() -> call.failsWith(RateLimitedException.class))
        .withMessageStartingWith("[order 7] Expected the call to fail with");
    assertFails(() -> call.failsWith(Error1042Exception.class).onRoute("binding-proxy"))
        .withMessageStartingWith("[order 7] Expected the route of the last attempt");
    assertFails(
            () ->
                call.failsWith(Error1042Exception.class)
                    .withFailMessage("no fallback")
                    .onRoute("binding-proxy"))
        .withMessage("[order 7] no fallback")
        .withCauseInstanceOf(Error1042Exception.class);
  }

  private static ThrowableAssertAlternative<AssertionError> assertFails(ThrowingCallable code) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(code);
  }

  private static WorkerException failure(WorkerRequest request) {
    return catchThrowableOfType(WorkerException.class, request::execute);
  }

  private static WorkerRequest afterMissingBinding(Fault fault) {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    return post(fault);
  }

  private static WorkerRequest post(Fault fault) {
    workers.service("APIMOM").customDomain().fails(fault);
    return post(workers.client());
  }

  private static WorkerRequest post(WorkerClient client) {
    return client.service("APIMOM").post("/v1/orders");
  }

  private static UncheckedIOException unchecked(WorkerException failure) {
    return new UncheckedIOException(new IOException(failure));
  }
}
