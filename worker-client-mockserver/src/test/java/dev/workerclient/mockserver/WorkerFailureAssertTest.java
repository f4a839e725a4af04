package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerCall;
import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerFailureAssertTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void onRouteSpeaksOfTheLastAttempt() {
    WorkerException failure = failure(afterMissingBinding(Fault.error1101()));
    assertThatWorkerFailure(failure).onRoute("custom-domain");
    assertFails(() -> assertThatWorkerFailure(failure).onRoute("binding-proxy"))
        .withMessageStartingWith(
            "Expected the route of the last attempt to be binding-proxy, but it was"
                + " custom-domain.\n"
                + "APIMOM POST /v1/orders failed with WorkerThrewException (WORKER_THREW) after 2"
                + " attempts:\n"
                + "  1. binding-proxy: HTTP 404, BINDING_NOT_FOUND (")
        .withMessageContaining("\n  2. custom-domain: HTTP 500, WORKER_THREW (")
        .withMessageEndingWith("), DELIVERED")
        .withCause(failure);
  }

  @Test
  void routesAreNamedByTheirConstantsToo() {
    WorkerException failure = failure(afterMissingBinding(Fault.error1101()));
    assertThatWorkerFailure(failure)
        .onRoute(RouteKind.CUSTOM_DOMAIN)
        .hasAttemptsOn(RouteKind.BINDING_PROXY, RouteKind.CUSTOM_DOMAIN);
    assertFails(() -> assertThatWorkerFailure(failure).onRoute(RouteKind.BINDING_PROXY))
        .withMessageContaining("to be binding-proxy, but it was custom-domain.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"customDomain", "", "Binding-Proxy"})
  void aRouteThatThereIsNotIsRefused(String route) {
    WorkerFailureAssert<WorkerException> failed =
        assertThatWorkerFailure(failure(post(Fault.error1042())));
    String text =
        "no route is named \"" + route + "\"; write \"binding-proxy\" or \"custom-domain\"";
    assertThatIllegalArgumentException().isThrownBy(() -> failed.onRoute(route)).withMessage(text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> failed.hasAttemptsOn("custom-domain", route))
        .withMessage(text);
  }

  @Test
  void aPostThatDidNotReachTheTargetIsSafeToResend() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    WorkerException failure = failure(post(workers.client()));
    assertThatWorkerFailure(failure).isSafeToResend().hasDelivery(Delivery.NOT_DELIVERED);
    assertFails(() -> assertThatWorkerFailure(failure).isNotSafeToResend())
        .withMessageStartingWith(
            "Expected the call not to be safe to send again, but its delivery is"
                + " NOT_DELIVERED.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasDelivery(Delivery.UNKNOWN))
        .withMessageStartingWith("Expected the delivery to be UNKNOWN, but it was NOT_DELIVERED.");
  }

  @Test
  void aPostThatMayHaveRunIsNotSafeToResend() {
    WorkerException failure = failure(post(Fault.resetBeforeAnswer()));
    assertThatWorkerFailure(failure).isNotSafeToResend().hasDelivery(Delivery.UNKNOWN);
    assertFails(() -> assertThatWorkerFailure(failure).isSafeToResend())
        .withMessageStartingWith(
            "Expected the call to be safe to send again, but its delivery is UNKNOWN and it is not"
                + " repeatable. Safe to retry: no, ")
        .withMessageContaining("\n  1. custom-domain: no response, WORKER_CONNECTION (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST with a key"})
  void aRepeatableCallIsSafeToResendThoughItRan(String call) {
    WorkerRequest request = post(Fault.error1101()).idempotencyKey("7");
    if (call.equals("GET")) {
      request = workers.client().service("APIMOM").get("/v1/orders");
    }
    WorkerException failure = failure(request);
    assertThatWorkerFailure(failure)
        .hasDelivery(Delivery.DELIVERED)
        .isNotRetryable()
        .isSafeToResend();
    assertFails(() -> assertThatWorkerFailure(failure).isNotSafeToResend())
        .withMessageStartingWith(
            "Expected the call not to be safe to send again, but its delivery is DELIVERED and it"
                + " is repeatable.\n");
  }

  @Test
  void retryableMeansSafeAndOfUse() {
    WorkerException failure = failure(post(Fault.resetBeforeAnswer()).idempotent());
    assertThatWorkerFailure(failure).isRetryable().isSafeToResend();
    assertFails(() -> assertThatWorkerFailure(failure).isNotRetryable())
        .withMessageStartingWith("Expected the call not to be retryable, but it is: ");

    WorkerException unsafe = failure(post(Fault.resetBeforeAnswer()));
    assertThatWorkerFailure(unsafe).isNotRetryable();
    assertFails(() -> assertThatWorkerFailure(unsafe).isRetryable())
        .withMessageStartingWith("Expected the call to be retryable, but it is not: ");
  }

  @Test
  void codesAndStatusOfAFailureOfCloudflares() {
    WorkerException failure = failure(post(Fault.error1015()));
    assertThatWorkerFailure(failure)
        .hasErrorCode("RATE_LIMITED")
        .hasCloudflareCode(1015)
        .hasStatusToHandOn(503)
        .hasRetryAfter(Duration.ofSeconds(30))
        .hasRayId("88a13a4e4e611f6a-IAD");
    assertFails(() -> assertThatWorkerFailure(failure).hasErrorCode("ERROR_1042"))
        .withMessageStartingWith(
            "Expected the error code to be ERROR_1042, but it was RATE_LIMITED.\n")
        .withMessageContaining("\n  1. custom-domain: HTTP 429, RATE_LIMITED (")
        .withCause(failure);
    assertFails(() -> assertThatWorkerFailure(failure).hasCloudflareCode(1042))
        .withMessageStartingWith("Expected the Cloudflare code to be 1042, but it was 1015.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasStatusToHandOn(429))
        .withMessageStartingWith("Expected the status to hand on to be 429, but it was 503.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasRetryAfter(Duration.ofSeconds(3)))
        .withMessageStartingWith("Expected the retry-after to be PT3S, but it was PT30S.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasRayId("8f"))
        .withMessageStartingWith(
            "Expected the ray id to be 8f, but it was 88a13a4e4e611f6a-IAD.\n");
  }

  @Test
  void aFailureWithoutAResponseHasNeitherCodeNorWaitNorRay() {
    WorkerException failure = failure(post(Fault.resetBeforeAnswer()));
    assertFails(() -> assertThatWorkerFailure(failure).hasCloudflareCode(1042))
        .withMessageStartingWith("Expected the Cloudflare code to be 1042, but there was none.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasRetryAfter(Duration.ZERO))
        .withMessageStartingWith("Expected the retry-after to be PT0S, but there was none.\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasRayId("8f"))
        .withMessageStartingWith("Expected the ray id to be 8f, but there was none.\n");
  }

  @Test
  void theFix() {
    WorkerException failure = failure(post(Fault.error1042()));
    assertThatWorkerFailure(failure).hasFixContaining("workers.dev route");
    assertFails(() -> assertThatWorkerFailure(failure).hasFixContaining("100%d"))
        .withMessageStartingWith(
            "Expected the fix to contain \"100%d\", but it was: "
                + failure.diagnosis().fix()
                + "\n");
  }

  @Test
  void attemptsAreCountedAndListedInOrder() {
    WorkerException failure = failure(afterMissingBinding(Fault.error1042()));
    assertThatWorkerFailure(failure).hasAttempts(2).hasAttemptsOn("binding-proxy", "custom-domain");
    assertFails(() -> assertThatWorkerFailure(failure).hasAttempts(3))
        .withMessageStartingWith("Expected the number of attempts to be 3, but it was 2.\n");
    assertFails(
            () -> assertThatWorkerFailure(failure).hasAttemptsOn("custom-domain", "binding-proxy"))
        .withMessageStartingWith(
            "Expected the list of the attempts' routes to be [custom-domain, binding-proxy], but"
                + " it was [binding-proxy, custom-domain].\n");
    assertFails(() -> assertThatWorkerFailure(failure).hasAttemptsOn("binding-proxy"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThatWorkerFailure(failure).hasAttempts(-1))
        .withMessage("hasAttempts was given -1; write 0 or more");
  }

  @Test
  void aCallMayEndWithoutAnAttempt() {
    workers.service("APIMOM").binding();
    WorkerService service = workers.client().service("APIMOM");
    ThrowingCallable call =
        () ->
            service.guard(
                "placeOrder",
                () -> {
                  throw new IOException("reset");
                });
    assertThatWorkerCall(call)
        .failsWith(WorkerConnectionException.class)
        .hasAttempts(0)
        .hasAttemptsOn()
        .hasCauseInstanceOf(IOException.class);
    assertFails(
            () ->
                assertThatWorkerCall(call)
                    .failsWith(WorkerConnectionException.class)
                    .onRoute("custom-domain"))
        .withMessage(
            "Expected the route of the last attempt to be custom-domain, but there was none.\n"
                + "APIMOM placeOrder failed with WorkerConnectionException (WORKER_CONNECTION)"
                + " without an attempt.");
  }

  @Test
  void cameAfterLooksAtTheAttemptsBeforeTheLast() {
    WorkerException failure = failure(afterMissingBinding(Fault.error1042()));
    assertThatWorkerFailure(failure)
        .cameAfter(BindingNotFoundException.class)
        .cameAfter(WorkerException.class);
    assertFails(() -> assertThatWorkerFailure(failure).cameAfter(Error1042Exception.class))
        .withMessageStartingWith(
            "Expected an earlier attempt to have failed with Error1042Exception (ERROR_1042), but"
                + " none did.\n")
        .withMessageContaining("\n  1. binding-proxy: HTTP 404, BINDING_NOT_FOUND (");
  }

  @Test
  void aSingleAttemptCameAfterNothing() {
    WorkerException failure = failure(post(Fault.error1042()));
    assertFails(() -> assertThatWorkerFailure(failure).cameAfter(WorkerException.class))
        .withMessageStartingWith("Expected an earlier attempt to have failed, but none did.\n");
  }

  @Test
  void anAnswerThatIsThrownCameAfterTheFallbackToo() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers.service("APIMOM").customDomain().answers(MockAnswer.status(409));
    WorkerRequest order = post(workers.client());
    assertThatWorkerCall(() -> order.fetch(String.class))
        .failsWith(WorkerResponseException.class)
        .onRoute("custom-domain")
        .cameAfter(BindingNotFoundException.class)
        .hasDelivery(Delivery.DELIVERED);
  }

  @Test
  void aCallThatWasStoppedBetweenRoutesCameAfterItsLastAttempt() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers.service("APIMOM").customDomain();
    try (WorkerClient client = workers.builder().listener(new InterruptAfterAttempt()).build()) {
      assertThatWorkerCall(() -> post(client).execute())
          .failsWith(WorkerCancelledException.class)
          .hasAttemptsOn("binding-proxy")
          .cameAfter(BindingNotFoundException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void nullIsNoFailure() {
    assertFails(() -> assertThatWorkerFailure(null).onRoute("custom-domain"))
        .withMessageContaining("Expecting actual not to be null");
  }

  @Test
  @SuppressWarnings("unchecked") // A class literal has no type argument.
  void softAssertionsCollectWhatFails() {
    WorkerException failure = failure(post(Fault.error1042()));
    SoftAssertions softly = new SoftAssertions();
    softly.check(() -> assertThatWorkerFailure(failure).hasAttempts(5));
    softly
        .proxy(WorkerFailureAssert.class, WorkerException.class, failure)
        .onRoute("binding-proxy")
        .hasCloudflareCode(1042)
        .hasErrorCode("RATE_LIMITED");
    assertThat(softly.errorsCollected())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            text -> assertThat(text).startsWith("Expected the number of attempts to be 5"),
            text -> assertThat(text).startsWith("Expected the route of the last attempt"),
            text -> assertThat(text).startsWith("Expected the error code to be RATE_LIMITED"));
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

  private static final class InterruptAfterAttempt implements CallListener {
    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      Thread.currentThread().interrupt();
    }
  }
}
