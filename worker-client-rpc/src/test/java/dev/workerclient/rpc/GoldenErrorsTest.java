package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.GoldenApi.Api;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Batches of the official client that end in an error: the same bytes are sent, and its error read.
 */
class GoldenErrorsTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  private <R extends @Nullable Object> WorkerRpcException thrown(
      String capture, Function<Api, RpcPromise<R>> calls) {
    return catchThrowableOfType(WorkerRpcException.class, () -> server.replay(capture, calls));
  }

  @Test
  void errorWithItsProperties() {
    WorkerRpcException e = thrown("error-thrown", Api::boom);
    assertThat(e.remoteType()).isEqualTo("TypeError");
    assertThat(e.remoteMessage()).isEqualTo("kaboom");
    assertThat(e.properties())
        .containsEntry("code", "E_BOOM")
        .containsEntry("details", Map.of("retryable", false, "at", Instant.EPOCH))
        .containsEntry("cause", Map.of("name", "Error", "message", "root"));
    assertThat(e.serviceError().operation()).isEqualTo("boom");
    assertThat(e).hasMessageContaining("API boom failed").hasMessageContaining("TypeError: kaboom");
  }

  @Test
  void errorWithItsStack() {
    assertThat(thrown("error-thrown-with-stack", Api::boom))
        .hasMessageContaining("TypeError: kaboom")
        .hasMessageNotContaining("deliverCall");
  }

  @Test
  void errorsOfTheRuntimeAndOfServices() {
    assertThat(thrown("error-thrown-string", Api::boomStr).remoteMessage())
        .isEqualTo("plain string");
  }

  @Test
  void errorOfAMethodThatIsNotThere() {
    assertThat(thrown("error-unknown-method", Api::nope).remoteType()).isEqualTo("TypeError");
  }

  @Test
  void errorOfAPropertyThatIsNotThere() {
    assertThat(thrown("error-not-a-function", api -> api.auth("t0k").whoamiAsObject().foo().bar()))
        .hasMessageContaining("Cannot read properties of undefined");
  }

  @Test
  void errorOfWhatTheCallIsBuiltOn() {
    WorkerRpcException e =
        thrown(
            "pipelined-auth-failure", api -> api.auth("bad").getUser(5).get("name", String.class));
    assertThat(e.remoteType()).isEqualTo("RangeError");
    assertThat(e.remoteMessage()).isEqualTo("bad token");
  }

  @Test
  void errorOfAService() {
    assertThat(thrown("svc-error", api -> api.users().boom()).properties())
        .containsEntry("remote", true);
  }

  @Test
  void errorOfAnObjectOfAService() {
    assertThat(thrown("svc-error-deep", api -> api.users().account(7).fail()).remoteMessage())
        .isEqualTo("acct fail");
  }

  @Test
  void errorOfAMethodThatAServiceHasNot() {
    assertThat(thrown("svc-unknown-method", api -> api.users().nope()).remoteMessage())
        .contains("does not implement the method");
  }

  @Test
  void errorOfAValueThatCannotBeSent() {
    assertThat(thrown("ret-map-unsupported", Api::mapOfTheWorker).remoteMessage())
        .isEqualTo("Cannot serialize value: [object Map]");
  }

  @Test
  void errorOfAServicesValueThatCannotBeSent() {
    assertThat(thrown("svc-mapset-unsupported", api -> api.users().mapset()).remoteType())
        .isEqualTo("TypeError");
  }

  @Test
  void errorOfABindingThatIsNotAllowed() {
    assertThat(thrown("svc-allowlist-denied", api -> api.binding("SECRET").getUser("u1")))
        .hasMessageContaining("binding not allowed");
  }

  @Test
  void streamsAndResponsesAreNoData() {
    for (String capture : List.of("response-return-in-batch", "stream-return-in-batch")) {
      server.requests().clear();
      assertThat(
              catchThrowableOfType(
                  WorkerDecodingException.class,
                  () ->
                      server.replay(
                          capture,
                          api ->
                              capture.startsWith("response")
                                  ? asObject(api.resp())
                                  : asObject(api.textStream(3)))))
          .hasMessageContaining(
              "a stream, a Blob, a Request or a Response, which a batch can't carry");
    }
  }

  @SuppressWarnings("unchecked")
  private static RpcPromise<Object> asObject(RpcPromise<?> promise) {
    return (RpcPromise<Object>) promise;
  }

  @Test
  void batchThatTheServerEndsMayHaveRun() {
    server.answers(new MockResponse.Builder().code(500).body("Internal Server Error").build());
    WorkerException e =
        catchThrowableOfType(
            WorkerException.class,
            () -> Rpc.batch(server.service(), Api.class, api -> api.hello("x")));
    assertThat(e).isInstanceOf(WorkerResponseException.class);
    assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(e.serviceError().safeToResend()).isFalse();
    assertThat(server.requests()).hasSize(1);
  }
}
