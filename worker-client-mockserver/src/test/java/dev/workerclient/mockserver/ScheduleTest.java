package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final String FAILED = "WORKER_CONNECTION";

  private final MockWorkers workers = MockWorkers.start();
  private final MockRoute route = workers.service("APIMOM").optional().customDomain();
  private final WorkerClient client =
      workers
          .builder()
          .retry(RetryOptions.disabled())
          .circuitBreaker(CircuitBreakerOptions.disabled())
          .build();

  @AfterEach
  void close() {
    client.close();
    workers.reset();
    workers.close();
  }

  @Test
  void theFirstRequestsFailAndTheRestAreAnswered() {
    route.fails(Fault.resetBeforeAnswer()).times(2).thenAnswers(text("well"));
    assertThat(calls(4)).containsExactly(FAILED, FAILED, "well", "well");
  }

  @Test
  void fromARequestOnAllFail() {
    route.answers(text("well")).times(2).thenFails(Fault.resetBeforeAnswer());
    assertThat(calls(4)).containsExactly("well", "well", FAILED, FAILED);
  }

  @Test
  void requestsThatCameBeforeTheNumberWasSaidCount() {
    Schedule first = route.answers(text("a"));
    assertThat(calls(3)).containsExactly("a", "a", "a");
    first.times(4).thenAnswers(text("b"));
    assertThat(calls(2)).containsExactly("a", "b");
    first.times(1).thenAnswers(text("c"));
    assertThat(calls(1)).containsExactly("c");
  }

  @Test
  void threePhasesFollowOneAnother() {
    route
        .answers(text("a"))
        .times(1)
        .thenFails(Fault.resetBeforeRead())
        .times(1)
        .thenAnswers(request -> text(request.method()));
    assertThat(calls(4)).containsExactly("a", FAILED, "POST", "POST");
  }

  @Test
  void aChanceFallsAlikeInEachRunOfTheSameSeed() {
    List<String> first = drawn(42);
    assertThat(drawn(42)).isEqualTo(first);
    assertThat(drawn(43)).isNotEqualTo(first);
    assertThat(first).filteredOn(FAILED::equals).hasSizeBetween(10, 30);
  }

  @Test
  void aFaultThatComesBeforeTheRequestIsReadCanBeAChanceToo() {
    route.answers(text("well")).sometimesFails(0.5, 7, Fault.resetBeforeRead());
    List<String> ends = calls(40);
    assertThat(ends).contains("well", FAILED);
    long failed = ends.stream().filter(FAILED::equals).count();
    assertThat(route.executions()).isEqualTo(40 - (int) failed);
    assertThat(route.requests()).hasSize(40);
  }

  @Test
  void certainAndImpossibleChancesAreWhatTheySay() {
    route
        .answers(text("well"))
        .sometimesFails(0, 1, Fault.resetBeforeAnswer())
        .times(5)
        .thenAnswers(text("never"))
        .sometimesFails(1, 1, Fault.resetBeforeAnswer());
    assertThat(calls(7)).containsExactly("well", "well", "well", "well", "well", FAILED, FAILED);
  }

  @Test
  void aRequestAfterTheLastIsUnexpected() {
    route.answers(text("once")).times(1);
    assertThat(calls(2).get(1))
        .contains("did not expect POST /")
        .contains(
            "service(\"APIMOM\").customDomain(): MockAnswer{HTTP 200, 4 bytes} for 1 request");
    assertThat(workers.unexpectedRequests()).hasSize(1);
  }

  @Test
  void whatHasNoEndHasNothingAfterIt() {
    Schedule schedule = route.answers(text("x"));
    assertThatIllegalStateException()
        .isThrownBy(() -> schedule.thenFails(Fault.hang()))
        .withMessageContaining("write .times(n) after it");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesFewerThanOne(int times) {
    Schedule schedule = route.answers(text("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> schedule.times(times));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesWhatIsNoProbability(double probability) {
    Schedule schedule = route.answers(text("x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.sometimesFails(probability, 1, Fault.hang()))
        .withMessageContaining("write one from 0 to 1");
  }

  @Test
  void refusesAFaultOfTheOtherRouteWhereverItIsSaid() {
    Schedule schedule = route.answers(text("x")).times(1);
    Fault ofProxy = Fault.bindingMissing();
    assertThatIllegalArgumentException().isThrownBy(() -> schedule.thenFails(ofProxy));
    assertThatIllegalArgumentException().isThrownBy(() -> schedule.sometimesFails(0.5, 1, ofProxy));
  }

  private List<String> drawn(long seed) {
    route.answers(text("well")).sometimesFails(0.2, seed, Fault.resetBeforeAnswer());
    return calls(100);
  }

  /** The body or the failure of so many calls, one after the other. */
  private List<String> calls(int count) {
    return IntStream.range(0, count).mapToObj(i -> call()).toList();
  }

  private String call() {
    try {
      return client.service("APIMOM").post("/").body("{}", "application/json").execute().string();
    } catch (WorkerException e) {
      return e.serviceError().code();
    }
  }
}
