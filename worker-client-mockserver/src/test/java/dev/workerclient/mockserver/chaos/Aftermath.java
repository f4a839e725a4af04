package dev.workerclient.mockserver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.chaos.PlannedCall.Wiring;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;

/** What must be so when all calls have ended: nothing is taken any more. */
final class Aftermath {
  private static final List<String> LIVE =
      List.of(
          "PROXY_FIRST.binding-proxy",
          "PROXY_FIRST.custom-domain",
          "STEADY_DOMAIN.binding-proxy",
          "STEADY_DOMAIN.custom-domain",
          "DEAD_DOMAIN.binding-proxy");

  private Aftermath() {}

  /** As many calls as there are places, none of which is answered before all have arrived. */
  static void everyPlaceIsFree(WorkerClient client, int places) {
    List<CompletableFuture<Integer>> held =
        Stream.generate(
                () ->
                    client
                        .service(FaultyFleet.STEADY)
                        .get("/hold")
                        .query("gate", "places")
                        .query("of", Integer.toString(places))
                        .executeAsync()
                        .thenApply(response -> response.status()))
            .limit(places)
            .toList();
    assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
  }

  /** A permit that was never given back would keep a breaker from closing. */
  static void everyRouteRecovers(WorkerClient client, BreakerWatch breakers) {
    Await.until(
        "without faults every breaker closes: " + LIVE,
        () -> {
          for (Wiring wiring : Wiring.values()) {
            CompletableFuture<?> call = client.service(wiring.name()).get("/health").executeAsync();
            CompletableFuture<?> ended = call.handle((response, failure) -> true);
            ended.join();
          }
          return LIVE.stream().allMatch(breakers::isClosed);
        });
  }

  static void noConnectionIsInUse(ConnectionPool pool, FaultyFleet faulty) {
    Await.until(
        "no connection is checked out, so no response is open",
        () -> pool.connectionCount() == pool.idleConnectionCount());
    Await.until(
        "no connection is open but the pool's", () -> faulty.open() == pool.connectionCount());
  }

  /** Of a client that was closed, whatever calls it had. */
  static void noThreadIsLeft() {
    Await.until(
        "no thread named worker-client-… is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("worker-client-")));
  }
}
