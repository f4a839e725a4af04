package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.error1042;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerThrewException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failure goes on to the next route, blocking and async alike. */
class FallbackTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  /** The two ways to send. */
  enum Mode {
    BLOCKING {
      @Override
      WorkerResponse send(WorkerRequest request) {
        return request.execute();
      }
    },
    ASYNC {
      @Override
      WorkerResponse send(WorkerRequest request) {
        try {
          return request.executeAsync().join();
        } catch (java.util.concurrent.CompletionException e) {
          if (e.getCause() instanceof WorkerException failure) {
            throw failure;
          }
          throw e;
        }
      }
    };

    abstract WorkerResponse send(WorkerRequest request);

    <E extends WorkerException> E fail(WorkerRequest request, Class<E> type) {
      E failure = catchThrowableOfType(type, () -> send(request));
      assertThat(failure).as("a failure of type %s", type.getSimpleName()).isNotNull();
      return failure;
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theBindingAnswersAndTheCustomDomainIsNotAsked(Mode mode) {
    fleet.proxy().answers(answered(200, "{\"ok\":true}"));

    WorkerResponse response = mode.send(fleet.service().get("/v1/health"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.string()).isEqualTo("{\"ok\":true}");
    assertThat(response.route()).isEqualTo("binding-proxy");
    assertThat(response.attempts()).hasSize(1);
    assertThat(fleet.proxy().requests().get(0).getHeaders().get("Binding-Proxy-Target"))
        .isEqualTo("APIMOM");
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aMissingBindingSendsEvenAPostOnToTheCustomDomain(Mode mode) {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(201, "{}"));

    WorkerResponse response =
        mode.send(fleet.service().post("/v1/orders").body("{\"n\":1}", "application/json"));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(response.attempts())
        .extracting(attempt -> attempt.route() + " " + attempt.failure() + " " + attempt.delivery())
        .containsExactly(
            "binding-proxy BINDING_NOT_FOUND NOT_DELIVERED", "custom-domain null DELIVERED");
    assertThat(fleet.domain().requests()).hasSize(1);
    assertThat(fleet.domain().requests().get(0).getBody().utf8()).isEqualTo("{\"n\":1}");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aTargetThatReturnedNoResponseSendsAGetOn(Mode mode) {
    fleet.proxy().answers(dispatchMismatch());
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response = mode.send(fleet.service().get("/v1/health"));

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aTargetThatReturnedNoResponseStopsAPost(Mode mode) {
    fleet.proxy().answers(dispatchMismatch());
    fleet.domain().answers(plain(200, "{}"));

    DispatchMismatchException failure =
        mode.fail(fleet.service().post("/v1/orders"), DispatchMismatchException.class);

    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(failure.serviceError().retryable()).isFalse();
    assertThat(failure.serviceError().safeToResend()).isFalse();
    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aPostWithAnIdempotencyKeyGoesOnAndCarriesTheKeyOnBothRoutes(Mode mode) {
    fleet.proxy().answers(dispatchMismatch());
    fleet.domain().answers(plain(200, "{}"));

    mode.send(fleet.service().post("/v1/orders").idempotencyKey("order-7"));

    assertThat(fleet.proxy().requests().get(0).getHeaders().get("Idempotency-Key"))
        .isEqualTo("order-7");
    assertThat(fleet.domain().requests().get(0).getHeaders().get("Idempotency-Key"))
        .isEqualTo("order-7");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void error1042OnBothRoutesNamesBothAttempts(Mode mode) {
    fleet.proxy().answers(error1042());
    fleet.domain().answers(error1042());

    Error1042Exception failure =
        mode.fail(fleet.service().get("/v1/{kind}", "health"), Error1042Exception.class);

    assertThat(failure.cloudflareCode()).hasValue(1042);
    assertThat(failure.attempts())
        .extracting(attempt -> attempt.route() + " " + attempt.status().getAsInt())
        .containsExactly("binding-proxy 404", "custom-domain 404");
    assertThat(failure.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.failure(Error1042Exception.class))
        .containsSame((Error1042Exception) failure.getSuppressed()[0]);
    assertThat(failure)
        .hasMessageStartingWith(
            "APIMOM GET /v1/{kind} failed on custom-domain: Cloudflare error 1042, HTTP 404,"
                + " ray 8f1c2d3e4f5a6b7c-FRA\n  cause: no Worker serves")
        .hasMessageContaining("\n  fix:   enable the workers.dev route")
        .hasMessageContaining("\n  safe to retry: ")
        .hasMessageContaining("1. binding-proxy: ERROR_1042")
        .hasMessageContaining("2. custom-domain: ERROR_1042");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theFailureOfTheLastAttemptIsThrownWithTheEarlierOneSuppressed(Mode mode) {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(dropped());

    WorkerConnectionException failure =
        mode.fail(fleet.service().post("/v1/orders"), WorkerConnectionException.class);

    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOf(BindingNotFoundException.class);
    assertThat(failure.failure(BindingNotFoundException.class)).isPresent();
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
  }

  @Test
  void aRefusalWhoseBodyBreaksIsStillARefusal() {
    fleet
        .proxy()
        .answers(
            bindingMissing()
                .newBuilder()
                .onResponseBody(new mockwebserver3.SocketEffect.CloseSocket())
                .build());
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response = fleet.service().post("/v1/orders").execute();

    assertThat(response.attempts().get(0).failure()).isEqualTo("BINDING_NOT_FOUND");
    assertThat(response.route()).isEqualTo("custom-domain");
  }

  static Stream<Integer> answersOfTheTarget() {
    return Stream.of(201, 204, 302, 400, 401, 404, 409, 429, 500, 503);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("answersOfTheTarget")
  void anAnswerOfTheTargetIsFinalWhateverItsStatus(int status) {
    String body = status == 204 ? "" : "error code: 1042";
    fleet.proxy().answers(answered(status, body));

    WorkerResponse response = fleet.service().get("/v1/health").execute();

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.string()).isEqualTo(body);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aTargetThatThrewIsNotAskedAgainByAnotherRoute() {
    fleet.proxy().answers(problem(500, "dispatch-threw", "TARGET_THREW"));

    WorkerThrewException failure =
        Mode.BLOCKING.fail(fleet.service().get("/v1/health"), WorkerThrewException.class);

    assertThat(failure).hasMessageContaining("what the proxy says");
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aResponseOnTheProxyRouteWithoutOutcomeIsNoAnswer() {
    fleet.proxy().answers(plain(200, "{\"welcome\":\"to nginx\"}"));
    fleet.domain().answers(plain(200, "{}"));

    assertThat(fleet.service().get("/v1/health").execute().route()).isEqualTo("custom-domain");
    UnprovenResponseException failure =
        Mode.BLOCKING.fail(fleet.service().post("/v1/x"), UnprovenResponseException.class);
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
  }

  @Test
  void aDomainDeclaredToStampItsAnswersSends1042OnToTheNextRoute() {
    fleet.domain().answers(error1042());
    fleet.proxy().answers(answered(200, "{}"));
    WorkerClient.Builder stamped =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url())
            .service(
                "APIMOM",
                service ->
                    service
                        .customDomain(fleet.domain().url(), domain -> domain.stampedBy("x-ran"))
                        .routes("custom-domain", "binding-proxy"));

    WorkerResponse response = fleet.service(stamped).post("/v1/orders").execute();

    assertThat(response.route()).isEqualTo("binding-proxy");
    assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
  }

  @Test
  void aStampedResponseIsAnAnswerEvenIfItLooksLike1042() {
    fleet.domain().answers(error1042().newBuilder().addHeader("x-ran", "1").build());
    WorkerClient.Builder stamped =
        WorkerClient.builder()
            .service(
                "APIMOM",
                service ->
                    service.customDomain(
                        fleet.domain().url(), domain -> domain.stampedBy("x-ran")));

    assertThat(fleet.service(stamped).get("/").execute().status()).isEqualTo(404);
  }

  @Test
  void aRefusedConnectionSendsEvenAPostOn() {
    fleet.proxy().close();
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response = fleet.service().post("/v1/orders").execute();

    assertThat(response.attempts().get(0).failure()).isEqualTo("WORKER_CONNECTION");
    assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(response.attempts().get(0).exchanges()).isZero();
    assertThat(response.route()).isEqualTo("custom-domain");
  }
}
