package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends planned calls asynchronously, so many at once. */
final class Traffic {
  private static final int SECONDS_FOR_ONE = 30;

  private Traffic() {}

  static List<CallResult> send(WorkerClient client, long seed, String ids, int calls, int atOnce)
      throws InterruptedException {
    List<CallResult> results = Collections.synchronizedList(new ArrayList<>(calls));
    Semaphore places = new Semaphore(atOnce);
    for (int number = 0; number < calls; number++) {
      PlannedCall call = PlannedCall.draw(seed, ids + number);
      take(places, 1, results.size());
      long from = System.nanoTime();
      CompletableFuture<CallResult> unused =
          call.request(client)
              .executeAsync()
              .handle(
                  (response, failure) ->
                      CallResult.of(call, from, System.nanoTime(), response, failure))
              .whenComplete(
                  (result, broken) -> {
                    if (result != null) {
                      results.add(result);
                    }
                    places.release();
                  });
    }
    take(places, atOnce, results.size());
    return List.copyOf(results);
  }

  private static void take(Semaphore places, int number, int done) throws InterruptedException {
    assertThat(places.tryAcquire(number, SECONDS_FOR_ONE, TimeUnit.SECONDS))
        .as("every call comes back; %s had, and then none for long", done)
        .isTrue();
  }
}
