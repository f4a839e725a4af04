package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloudflare's errors in each format, met by the real client. */
class ErrorFormatTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static List<Integer> codes() {
    return Fixtures.codes()
        .lines()
        .skip(1)
        .map(line -> Integer.valueOf(line.substring(0, line.indexOf(','))))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void eachCodeIsToldByTheClient(ErrorFormat format) {
    MockRoute domain = workers.service("APIMOM").customDomain();
    try (WorkerClient client =
        workers
            .builder()
            .retry(RetryOptions.disabled())
            .circuitBreaker(CircuitBreakerOptions.disabled())
            .build()) {
      Stream<Integer> statuses = IntStream.rangeClosed(520, 526).boxed();
      assertThat(Stream.concat(codes().stream(), statuses))
          .hasSizeGreaterThan(60)
          .allSatisfy(
              code -> {
                domain.fails(Fault.cloudflare(code, format));
                WorkerException e =
                    catchThrowableOfType(
                        WorkerException.class, () -> client.service("APIMOM").post("/").execute());
                assertThat(e.cloudflareCode()).hasValue(code);
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCodeThatNobodyListedIsToldToo(ErrorFormat format) {
    workers.service("APIMOM").customDomain().fails(Fault.cloudflare(1999, format));
    WorkerException e =
        catchThrowableOfType(
            WorkerException.class, () -> workers.client().service("APIMOM").post("/").execute());
    assertThat(e.cloudflareCode()).hasValue(1999);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerToHeadIsToldByTheDiagnosticHeaders(ErrorFormat format) {
    workers.service("APIMOM").customDomain().fails(Fault.cloudflare(1102, format));
    WorkerLimitException e =
        catchThrowableOfType(
            WorkerLimitException.class,
            () ->
                workers
                    .client()
                    .service("APIMOM")
                    .head("/")
                    .retry(RetryOptions.disabled())
                    .execute());
    assertThat(e.cloudflareCode()).hasValue(1102);
    assertThat(e.serviceError().message()).contains("from edge");
  }

  @Test
  void aCodeOfAWorkerThatRanCountsAsAnExecution() {
    MockRoute domain = workers.service("APIMOM").customDomain();
    domain.fails(Fault.cloudflare(1101, ErrorFormat.HTML)).times(1).thenFails(Fault.error1042());
    WorkerClient client = workers.client();
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> client.service("APIMOM").post("/").execute())
          .isInstanceOf(WorkerException.class);
    }
    assertThat(domain.requests()).hasSize(2);
    assertThat(domain.executions()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 399, 100_000})
  void refusesWhatIsNoCode(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.cloudflare(code, ErrorFormat.TEXT))
        .withMessageContaining("write one as 1101");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 519, 528})
  void refusesABareStatusThatTheEdgeNeverSends(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.bareStatus(status))
        .withMessageContaining("520 to 527");
  }
}
