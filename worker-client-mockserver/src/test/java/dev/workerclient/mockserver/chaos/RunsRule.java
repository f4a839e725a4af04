package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import java.util.Map;
import java.util.function.Consumer;

/** What the target counted fits what the client says, and nothing that must not ran twice. */
final class RunsRule implements Rule {
  private final Map<String, Integer> runs;

  RunsRule(Map<String, Integer> runs) {
    this.runs = runs;
  }

  @Override
  public void check(CallResult result, Consumer<String> broken) {
    int ran = runs.getOrDefault(result.call().id(), 0);
    int sent = result.attempts().stream().mapToInt(Attempt::exchanges).sum();
    if (!result.call().isRepeatable() && ran > 1) {
      broken.accept("a POST ran " + ran + " times");
    }
    if (ran > sent) {
      broken.accept("ran " + ran + " times, and the client tells of " + sent + " requests");
    }
    if (result.isAnswered() && ran == 0) {
      broken.accept("answered, and never ran");
    }
    if (result.failure() instanceof WorkerException failure) {
      checkDelivery(failure.delivery(), ran, broken);
    }
  }

  private static void checkDelivery(Delivery delivery, int ran, Consumer<String> broken) {
    if (delivery == Delivery.NOT_DELIVERED && ran > 0) {
      broken.accept("NOT_DELIVERED, and ran " + ran + " times");
    }
    if (delivery == Delivery.DELIVERED && ran == 0) {
      broken.accept("DELIVERED, and never ran");
    }
  }
}
