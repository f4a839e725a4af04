package dev.workerclient.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchdogTest {
  private static final long TOLERANCE_MILLIS = 3_000; // A busy machine is late.

  private final Queue<Thread> clocks = new ConcurrentLinkedQueue<>();
  private final Queue<Error> refusals = new ConcurrentLinkedQueue<>();
  private final Watchdog watchdog = new Watchdog(this::clock, this::action);

  private Thread clock(Runnable task) {
    Thread clock = new Thread(task, "clock");
    clock.setDaemon(true);
    clocks.add(clock);
    return clock;
  }

  private Thread action(Runnable task) {
    Error refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    Thread action = new Thread(task, "action");
    action.setDaemon(true);
    return action;
  }

  @AfterEach
  void close() {
    watchdog.close();
  }

  @ParameterizedTest
  @Tag("timing")
  @ValueSource(longs = {1, 25, 150})
  void aTimerFiresAtItsLimitAndNotBefore(long millis) throws InterruptedException {
    long start = System.nanoTime();
    fires(millis).await();
    long elapsed = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(elapsed).isBetween(millis, millis + TOLERANCE_MILLIS);
  }

  @Test
  void aStoppedTimerNeverFires() throws InterruptedException {
    AtomicInteger fired = new AtomicInteger();
    Watchdog.Timer timer = watchdog.start(Duration.ofMillis(20), fired::incrementAndGet);
    assertThat(timer.stop()).isTrue();
    fires(60).await();
    assertThat(fired).hasValue(0);
    assertThat(timer.hasFired()).isFalse();
  }

  @Test
  void aTimerThatHasFiredSaysSoAndCannotBeStopped() throws InterruptedException {
    CountDownLatch fired = new CountDownLatch(1);
    Watchdog.Timer timer = watchdog.start(Duration.ofMillis(1), fired::countDown);
    fired.await();
    assertThat(timer.hasFired()).isTrue();
    assertThat(timer.stop()).isFalse();
  }

  @Test
  void aTimerIsDueItsTimeAfterItsStart() {
    long before = System.nanoTime();
    Watchdog.Timer timer = watchdog.start(Duration.ofDays(1), () -> {});
    long after = System.nanoTime();

    long day = Duration.ofDays(1).toNanos();
    assertThat(timer.due()).isBetween(before + day, after + day);
  }

  @Test
  void aTimerThatIsNotDueDoesNotFireWithOthers() throws InterruptedException {
    Watchdog.Timer timer = watchdog.start(Duration.ofDays(1), () -> {});
    fires(1).await();
    fires(1).await();

    assertThat(timer.hasFired()).isFalse();
    assertThat(timer.stop()).isTrue();
  }

  @Test
  void aTimerFiresThoughNoThreadCouldBeStartedAtFirst() throws InterruptedException {
    refusals.add(new OutOfMemoryError("unable to create native thread"));
    refusals.add(new OutOfMemoryError("unable to create native thread"));

    assertThat(fires(1).await(10, SECONDS)).isTrue();
    assertThat(refusals).isEmpty();
  }

  @Test
  void aClosedWatchdogStillFires() throws InterruptedException {
    assertThat(watchdog.isClosed()).isFalse();
    watchdog.close();
    assertThat(watchdog.isClosed()).isTrue();

    assertThat(fires(1).await(10, SECONDS)).isTrue();
  }

  @Test
  void whatAStoppedTimerWouldHaveDoneIsLetGoLongBeforeItsLimit() {
    List<WeakReference<Object>> held = new ArrayList<>();
    Watchdog.Timer timer = startedHolding(held);
    assertThat(timer.stop()).isTrue();
    awaitCollected(held.get(0));
    assertThat(timer.hasFired()).isFalse();
  }

  @Test
  void theClockForgetsTimersThatWereStopped() {
    WeakReference<Watchdog.Timer> seen = new WeakReference<>(startedAndStopped());
    awaitCollected(seen);
  }

  @Test
  void anActionThatTakesItsTimeHoldsUpNoOther() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    watchdog.start(
        Duration.ofMillis(1),
        () -> {
          inside.countDown();
          awaitQuietly(release);
        });
    inside.await();
    assertThat(fires(1).await(10, SECONDS)).isTrue();
    release.countDown();
  }

  @Test
  void anActionThatThrowsHoldsUpNoOther() throws InterruptedException {
    watchdog.start(Duration.ofMillis(1), new FailingAction());
    assertThat(fires(30).await(10, SECONDS)).isTrue();
  }

  @Test
  void theClockEndsWhenThereIsNothingToDoAndComesBack() throws InterruptedException {
    fires(1).await();
    Thread first = clocks.element();
    first.join(SECONDS.toMillis(10));
    assertThat(first.isAlive()).isFalse();
    assertThat(fires(1).await(10, SECONDS)).isTrue();
    assertThat(clocks).hasSize(2);
  }

  @Test
  @Tag("timing")
  void aClosedWatchdogFiresWhatIsLeftAndEndsItsClockThen() throws InterruptedException {
    CountDownLatch fired = fires(200);
    watchdog.close();
    assertThat(fired.await(10, SECONDS)).isTrue();
    clocks.element().join(500); // An open one's clock would go on for a second.
    assertThat(clocks.element().isAlive()).isFalse();
  }

  @Test
  void anInterruptEndsNoClock() throws InterruptedException {
    CountDownLatch fired = fires(50);
    clocks.element().interrupt();
    assertThat(fired.await(10, SECONDS)).isTrue();
  }

  /** On the way the clock ends and comes back often: a timer that nobody looks at never fires. */
  @Test
  void manyThreadsStartAndStopTimersAndEachFiresOnceOrWasStopped() throws Exception {
    watchdog.close(); // It ends its clock at once where there is nothing to do.
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      done.add(threads.submit(this::startAndStop));
    }
    threads.shutdown();
    for (Future<?> each : done) {
      each.get(60, SECONDS);
    }
  }

  private void startAndStop() {
    for (int round = 0; round < 20; round++) {
      int stopped = 0;
      AtomicInteger fired = new AtomicInteger();
      CountDownLatch ended = new CountDownLatch(200);
      for (int i = 0; i < 200; i++) {
        Watchdog.Timer timer =
            watchdog.start(
                Duration.ofNanos(i * 50_000L),
                () -> {
                  fired.incrementAndGet();
                  ended.countDown();
                });
        if (i % 3 != 0 && timer.stop()) {
          stopped++;
          ended.countDown();
        }
      }
      awaitQuietly(ended);
      assertThat(fired.get() + stopped).isEqualTo(200);
    }
  }

  private Watchdog.Timer startedHolding(List<WeakReference<Object>> held) {
    Object body = new Object();
    held.add(new WeakReference<>(body));
    return watchdog.start(Duration.ofDays(1), () -> assertThat(body).isNull());
  }

  private Watchdog.Timer startedAndStopped() {
    Watchdog.Timer timer = watchdog.start(Duration.ofDays(1), () -> {});
    timer.stop();
    return timer;
  }

  private CountDownLatch fires(long millis) {
    CountDownLatch fired = new CountDownLatch(1);
    watchdog.start(Duration.ofMillis(millis), fired::countDown);
    return fired;
  }

  private static void awaitCollected(WeakReference<?> seen) {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (seen.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(seen.get()).isNull();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Its thread reports it to nobody. */
  private static final class FailingAction implements Runnable {
    @Override
    public void run() {
      Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
      throw new IllegalStateException("as a user's listener may");
    }
  }
}
