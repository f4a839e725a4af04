package dev.workerclient;

import static dev.workerclient.Breakers.both;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A probe that hangs holds up no user's call, whatever executor the user has. */
@Timeout(20)
class ProbeThreadTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private final CountDownLatch probed = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  static Stream<Named<Executor>> executors() {
    return Stream.of(Named.of("the caller's thread", Runnable::run), Named.of("busy", busy()));
  }

  @ParameterizedTest
  @MethodSource("executors")
  void callsGoByTheHealthyRouteMeanwhile(Executor executor) throws Exception {
    fleet.proxy().answers(lost());
    fleet.domain().answers(plain(200, "{}"));
    WorkerService service =
        fleet.service(
            both(fleet, timing, own -> own.healthPath("/health"))
                .attemptTimeout(Duration.ofMinutes(1))
                .callTimeout(Duration.ofMinutes(1))
                .executor(executor));
    call(service, 6);
    int before = fleet.proxy().requests().size();
    fleet
        .proxy()
        .answers(
            request -> {
              probed.countDown();
              await(release);
              return answered(200, "{}");
            });
    timing.pass(Duration.ofSeconds(1));

    for (int i = 0; i < 10; i++) {
      assertThat(service.get("/").execute().route()).isEqualTo("custom-domain");
    }

    assertThat(probed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(release.getCount()).isEqualTo(1); // So the probe hangs still.
    assertThat(fleet.proxy().requests()).hasSize(before + 1);
    release.countDown();
    String route;
    do {
      route = service.post("/").execute().route();
    } while (!route.equals("binding-proxy"));
  }

  @AfterEach
  void letGo() {
    release.countDown();
  }

  /** One thread that is taken, no queue, and then the caller. */
  private static Executor busy() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    CountDownLatch never = new CountDownLatch(1);
    pool.execute(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            // Never interrupted; the thread is a daemon.
          }
        });
    pool.execute(() -> {});
    return pool;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
