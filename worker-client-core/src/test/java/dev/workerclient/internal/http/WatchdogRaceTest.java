package dev.workerclient.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that start, stop and fire timers at the same moment. */
@Timeout(60)
@SuppressWarnings("ThreadPriorityCheck") // No result depends on a yield.
class WatchdogRaceTest {
  private static final long MILLI = 1_000_000;
  private static final int ROUNDS = 200_000;

  private final Watchdog watchdog = new Watchdog();

  @AfterEach
  void close() {
    watchdog.close();
  }

  /** Counts what became of it. */
  private static final class Counted extends Watchdog.Timer {
    final AtomicInteger fired = new AtomicInteger();
    final AtomicInteger stopped = new AtomicInteger();
    volatile long firedAt;

    Counted(long due) {
      super(due);
    }

    @Override
    protected void fire() {
      firedAt = System.nanoTime();
      fired.incrementAndGet();
    }

    @Override
    protected void stopped() {
      stopped.incrementAndGet();
    }

    void awaitFired() {
      long end = System.nanoTime() + SECONDS.toNanos(10);
      while (fired.get() == 0) {
        assertThat(System.nanoTime() - end).as("a timer was lost").isNegative();
        Thread.yield();
      }
    }

    boolean hasOneEnd() {
      boolean early = firedAt != 0 && firedAt - due() < 0;
      return fired.get() + stopped.get() == 1 && hasFired() == (fired.get() == 1) && !early;
    }
  }

  private static List<Counted> timers(int count, long due) {
    return LongStream.range(0, count).mapToObj(i -> new Counted(due)).toList();
  }

  /**
   * Runs both for each number on two threads, which wait for each other before each, for three
   * seconds at most; returns how many numbers that were. The threads' ids divide by 64, so that
   * they share whatever is chosen by them.
   */
  private static int race(int rounds, IntConsumer one, IntConsumer other) throws Exception {
    AtomicIntegerArray at = new AtomicIntegerArray(64);
    long end = System.nanoTime() + SECONDS.toNanos(3);
    FutureTask<Integer> task = new FutureTask<>(() -> run(rounds, one, at, 0, end));
    FutureTask<Integer> otherTask =
        new FutureTask<>(() -> run(rounds, other, at, 32, Long.MAX_VALUE));
    threadThatShares(task).start();
    threadThatShares(otherTask).start();
    int done = task.get(60, SECONDS);
    assertThat(otherTask.get(60, SECONDS)).isEqualTo(done);
    return done;
  }

  private static Thread threadThatShares(Runnable task) {
    Thread thread = new Thread(task);
    while (thread.getId() % 64 != 0) {
      thread = new Thread(task);
    }
    thread.setDaemon(true);
    return thread;
  }

  private static int run(int rounds, IntConsumer step, AtomicIntegerArray at, int own, long end) {
    for (int i = 0; i < rounds; i++) {
      if (end != Long.MAX_VALUE && System.nanoTime() - end > 0) {
        at.set(own, -1); // The other one stops at the same number.
        return i;
      }
      at.set(own, i + 1);
      int other = at.get(32 - own);
      for (int spins = 0; other >= 0 && other <= i; spins++) {
        if (spins < 1_000) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
        other = at.get(32 - own);
      }
      if (other < 0) {
        return i;
      }
      step.accept(i);
    }
    return rounds;
  }

  @Test
  void aTimerThatIsFiredAndStoppedAtOnceDoesOneOfTheTwo() throws Exception {
    List<Counted> timers = timers(ROUNDS, 0);
    boolean[] stopped = new boolean[timers.size()];

    int done = race(ROUNDS, i -> timers.get(i).run(), i -> stopped[i] = timers.get(i).stop());

    assertThat(timers.subList(0, done)).allMatch(Counted::hasOneEnd);
    assertThat(IntStream.range(0, done)).allMatch(i -> stopped[i] != timers.get(i).hasFired());
  }

  @Test
  void aTimerThatTwoThreadsFireFiresOnce() throws Exception {
    List<Counted> timers = timers(ROUNDS, 0);

    int done = race(ROUNDS, i -> timers.get(i).run(), i -> timers.get(i).run());

    assertThat(timers.subList(0, done)).allMatch(Counted::hasOneEnd);
  }

  @Test
  void aTimerThatTwoThreadsStopIsStoppedOnce() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    List<Counted> timers = timers(ROUNDS, 0);

    int done =
        race(
            ROUNDS,
            i -> refused.addAndGet(timers.get(i).stop() ? 0 : 1),
            i -> refused.addAndGet(timers.get(i).stop() ? 0 : 1));

    assertThat(refused).hasValue(0);
    assertThat(timers.subList(0, done)).allMatch(Counted::hasOneEnd);
  }

  @Test
  void noTimerIsLostIfTwoThreadsStartTheirsAtOnce() throws Exception {
    long due = System.nanoTime() + 20 * MILLI;
    List<Counted> timers = timers(5_000, due);
    List<Counted> others = timers(5_000, due);

    int done =
        race(timers.size(), i -> watchdog.start(timers.get(i)), i -> watchdog.start(others.get(i)));

    for (int i = 0; i < done; i++) {
      timers.get(i).awaitFired();
      others.get(i).awaitFired();
    }
  }

  /** A closed watchdog's clock ends as soon as it has nothing to do. */
  @Test
  void aTimerThatComesAsTheClockEndsFires() {
    watchdog.close();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      Counted timer = new Counted(System.nanoTime());
      watchdog.start(timer);
      timer.awaitFired();
      long end = System.nanoTime() + random.nextLong(30_000);
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** By another thread than the one that fires it; which of the two is first differs. */
  @Test
  void aTimerThatIsStoppedAboutWhenItIsDueFiresOnceOrNever() {
    SplittableRandom random = new SplittableRandom(7);
    int fired = 0;
    int stopped = 0;
    while (fired < 1_000 || stopped < 1_000) {
      long early = random.nextLong(-10 * MILLI, 5 * MILLI); // A clock is up to 10 ms late.
      List<Counted> timers = startDueSoon(random);
      for (Counted timer : timers) {
        while (System.nanoTime() - timer.due() + early < 0) {
          Thread.onSpinWait();
        }
        if (timer.stop()) {
          stopped++;
        } else {
          fired++;
          timer.awaitFired();
        }
      }
      assertThat(timers).allMatch(Counted::hasOneEnd);
    }
  }

  private List<Counted> startDueSoon(SplittableRandom random) {
    List<Counted> timers = new ArrayList<>();
    long due = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      due += random.nextLong(100_000);
      Counted timer = new Counted(due);
      watchdog.start(timer);
      timers.add(timer);
    }
    return timers;
  }
}
