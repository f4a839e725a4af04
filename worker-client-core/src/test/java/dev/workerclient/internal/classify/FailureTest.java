package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerTimeoutException.Phase;
import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.classify.table.FailureKind.Coded;
import dev.workerclient.internal.classify.table.KnownError;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure says of a resend and of its route, and what it does not repeat. */
class FailureTest {
  private static final Secrets SECRETS =
      new Secrets(Headers.of("Authorization", "Bearer tok-1234567890"));

  private static Failure.Builder failure(FailureKind kind) {
    return Failure.builder(kind, "you sent tok-1234567890");
  }

  @ParameterizedTest
  @CsvSource({
    // As docs/errors.md has it: same route, other route, the whole route, misconfigured, return as
    "1042,false,true,true,false,502",
    "1015,true,true,false,false,503",
    "1101,false,false,false,false,502",
    "1027,false,false,true,false,503",
    "522,true,true,true,false,504",
    "BINDING_MISSING,false,true,true,true,502"
  })
  void whatHelpsIsWhatTheTableSays(
      String id, boolean same, boolean other, boolean route, boolean misconfigured, int status) {
    KnownError known =
        Character.isDigit(id.charAt(0))
            ? CodeTable.ofCode(Integer.parseInt(id))
            : CodeTable.ofProxyCode(id);

    Failure failure = Failure.builder(known, "it failed").build();

    assertThat(failure)
        .returns(same, Failure::sameRouteHelps)
        .returns(other, Failure::otherRouteHelps)
        .returns(route, Failure::concernsRoute)
        .returns(misconfigured, Failure::misconfigured)
        .returns(status, Failure::statusToHandOn)
        .returns(known.meaning(), Failure::cause)
        .returns(known.fix(), Failure::fix);
  }

  @Test
  void oneThatTheTableDoesNotListHasTheStatusOfItsKind() {
    Failure failure = failure(FailureKind.WORKER_TIMEOUT).response(418, null, null).build();

    assertThat(failure.statusToHandOn()).isEqualTo(504);
    assertThat(failure.status()).isEqualTo(418);
    assertThat(failure.concernsRoute()).isTrue();
    assertThat(failure.sameRouteHelps()).isFalse();
  }

  @Test
  void noTextOfARemoteShowsASecret() {
    Failure hidden =
        failure(FailureKind.CLOUDFLARE_ERROR)
            .response(530, "tok-1234567890", Duration.ofSeconds(3))
            .detail(new Coded(1033, "name tok-1234567890", "category tok-1234567890"))
            .build()
            .hiding(SECRETS);

    assertThat(hidden.summary()).isEqualTo("you sent (hidden)");
    assertThat(hidden.rayId()).isEqualTo("(hidden)");
    assertThat(hidden.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(hidden.status()).isEqualTo(530);
    assertThat(hidden.detail()).isEqualTo(new Coded(1033, "name (hidden)", "category (hidden)"));
  }

  @Test
  void aCodeOfTheProxyShowsNoSecretAndWhatIsAbsentStaysAbsent() {
    Failure.Builder proxys = failure(FailureKind.BINDING_PROXY).proxyCode("tok-1234567890");

    assertThat(proxys.build().hiding(SECRETS).proxyCode()).isEqualTo("(hidden)");
    assertThat(proxys.build().hiding(SECRETS).rayId()).isNull();
    assertThat(proxys.build().hiding(Secrets.NONE).proxyCode()).isEqualTo("tok-1234567890");
  }

  @Test
  void aRepeatWithinTheAttemptLeavesNoProofThatNothingRan() {
    Failure proven =
        failure(FailureKind.WORKER_CONNECTION).delivery(Delivery.NOT_DELIVERED, "refused").build();
    assertThat(proven.withoutProof().delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(proven.withoutProof().deliveryReason()).contains("interceptor");

    Failure ran = failure(FailureKind.WORKER_THREW).delivery(Delivery.DELIVERED, "ran").build();
    assertThat(ran.withoutProof()).isEqualTo(ran);
  }

  @ParameterizedTest
  @CsvSource({"CALL,true,false", "ATTEMPT,false,true", "CONNECT,false,false"})
  void aTimeoutIsOfTheCallOrOfTheAttempt(Phase phase, boolean call, boolean attempt) {
    Failure failure = failure(FailureKind.WORKER_TIMEOUT).phase(phase).build();

    assertThat(failure.isOfCallsTime()).isEqualTo(call);
    assertThat(failure.isOfAttemptsTime()).isEqualTo(attempt);
  }

  @Test
  void theProxyWaitsAsLongAsAnAttempt() {
    Failure failure = failure(FailureKind.WORKER_TIMEOUT).proxyCode("TIMED_OUT").build();

    assertThat(failure.isOfAttemptsTime()).isTrue();
    assertThat(failure.isOfCallsTime()).isFalse();
    assertThat(failure(FailureKind.WORKER_THREW).build().isOfAttemptsTime()).isFalse();
  }
}
