package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.hanging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerCancelledException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another thread ends a blocking call. */
@Timeout(15)
class CancelledByTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final CompletableFuture<Void> signal = new CompletableFuture<>();

  @Test
  void aCallUnderWayEndsAtOnce() {
    fleet
        .proxy()
        .answers(
            request -> {
              signal.complete(null);
              return hanging();
            });

    assertThat(
            catchThrowableOfType(
                WorkerCancelledException.class,
                () -> fleet.service().get("/").cancelledBy(signal).execute()))
        .isNotNull();

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aCallThatIsCancelledBeforeItBeginsSendsNothing() {
    signal.completeExceptionally(new IllegalStateException("the user is gone"));

    assertThat(
            catchThrowableOfType(
                WorkerCancelledException.class,
                () -> fleet.service().get("/").cancelledBy(signal).execute()))
        .isNotNull();

    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void aSignalAfterTheAnswerChangesNothing() {
    fleet.proxy().answers(answered(200, "{}"));

    WorkerResponse response = fleet.service().get("/").cancelledBy(signal).execute();
    signal.complete(null);

    assertThat(response.string()).isEqualTo("{}");
  }
}
