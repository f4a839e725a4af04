package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.WorkerException;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerResponseAssertTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void anAnswerAfterAFallback() {
    assertThatWorkerResponse(afterMissingBinding())
        .hasStatus(201)
        .hasBody("{\"n\":\"100%n\"}")
        .onRoute("custom-domain")
        .hasAttempts(2)
        .hasAttemptsOn("binding-proxy", "custom-domain")
        .cameAfter(BindingNotFoundException.class)
        .cameAfter(WorkerException.class)
        .matches(WorkerResponse::isSuccessful);
  }

  @Test
  void routesAreNamedByTheirConstantsToo() {
    WorkerResponse response = afterMissingBinding();
    assertThatWorkerResponse(response)
        .onRoute(RouteKind.CUSTOM_DOMAIN)
        .hasAttemptsOn(RouteKind.BINDING_PROXY, RouteKind.CUSTOM_DOMAIN);
    assertFails(() -> assertThatWorkerResponse(response).onRoute(RouteKind.BINDING_PROXY))
        .withMessageContaining("to be binding-proxy, but it was custom-domain.");
    assertFails(() -> assertThatWorkerResponse(response).hasAttemptsOn(RouteKind.CUSTOM_DOMAIN))
        .withMessageContaining("to be [custom-domain], but it was [binding-proxy, custom-domain].");
  }

  @Test
  void statusAndAttemptsStandInTheText() {
    WorkerResponse response = afterMissingBinding();
    assertFails(() -> assertThatWorkerResponse(response).as("order").hasStatus(200))
        .withMessageStartingWith(
            """
            [order] Expected the status to be 200, but it was 201.
            The target answered HTTP 201 after 2 attempts:
              1. binding-proxy: HTTP 404, BINDING_NOT_FOUND (""")
        .withMessageEndingWith("), NOT_DELIVERED\n  2. custom-domain: HTTP 201, answered");
  }

  @Test
  void theBodyStandsInTheTextAsItIs() {
    assertFails(() -> assertThatWorkerResponse(afterMissingBinding()).hasBody("100%d"))
        .withMessageStartingWith(
            "Expected the body to be \"100%d\", but it was \"{\"n\":\"100%n\"}\".\n");
  }

  @Test
  void anotherRouteOrNumberOfAttempts() {
    WorkerResponse response = afterMissingBinding();
    assertFails(() -> assertThatWorkerResponse(response).onRoute("binding-proxy"))
        .withMessageStartingWith(
            "Expected the route of the last attempt to be binding-proxy, but it was"
                + " custom-domain.\n");
    assertFails(() -> assertThatWorkerResponse(response).hasAttempts(1))
        .withMessageStartingWith("Expected the number of attempts to be 1, but it was 2.\n");
    assertFails(() -> assertThatWorkerResponse(response).hasAttemptsOn("custom-domain"))
        .withMessageStartingWith(
            "Expected the list of the attempts' routes to be [custom-domain], but it was"
                + " [binding-proxy, custom-domain].\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThatWorkerResponse(response).onRoute("domain"))
        .withMessageContaining("write \"binding-proxy\" or \"custom-domain\"");
  }

  @Test
  void anAnswerAtOnceCameAfterNothing() {
    workers.service("APIMOM").binding().answers(MockAnswer.text("x"));
    WorkerResponse response = workers.client().service("APIMOM").get("/").execute();
    assertFails(() -> assertThatWorkerResponse(response).cameAfter(WorkerException.class))
        .withMessage(
            """
            Expected an earlier attempt to have failed, but none did.
            The target answered HTTP 200 after 1 attempt:
              1. binding-proxy: HTTP 200, answered""");
    assertFails(
            () ->
                assertThatWorkerResponse(afterMissingBinding()).cameAfter(Error1042Exception.class))
        .withMessageStartingWith(
            "Expected an earlier attempt to have failed with Error1042Exception (ERROR_1042), but"
                + " none did.\n");
  }

  @Test
  void nullIsNoAnswer() {
    assertFails(() -> assertThatWorkerResponse(null).hasStatus(200))
        .withMessageContaining("Expecting actual not to be null");
  }

  @Test
  void softAssertionsCollectWhatFails() {
    SoftAssertions softly = new SoftAssertions();
    softly
        .proxy(WorkerResponseAssert.class, WorkerResponse.class, afterMissingBinding())
        .hasStatus(200)
        .onRoute("custom-domain")
        .hasAttempts(1);
    assertThat(softly.errorsCollected()).hasSize(2);
  }

  private static WorkerResponse afterMissingBinding() {
    workers.service("APIMOM").binding().fails(Fault.bindingMissing());
    workers
        .service("APIMOM")
        .customDomain()
        .answers(MockAnswer.json("{\"n\":\"100%n\"}").withStatus(201));
    return workers.client().service("APIMOM").post("/v1/orders").execute();
  }

  private static ThrowableAssertAlternative<AssertionError> assertFails(ThrowingCallable code) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(code);
  }
}
