package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import com.sun.management.ThreadMXBean;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes a session with the messages of a hostile Worker, as a server that is called and as a
 * client of the application's objects: no message throws, each call ends in a value or a typed
 * failure, nothing is held after the end, and what is allocated is in proportion to what was
 * received. CONTRIBUTING says how to do so for longer.
 */
class SessionStateFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long ALLOWED_BYTES = 1 << 20;
  private static final long ALLOWED_BYTES_A_CHARACTER = 1_000;

  private static long inputs;
  private static long passed;
  private static long messages;
  private static long values;
  private static long failures;
  private static long most;

  interface Api {
    CompletableFuture<@Nullable Object> any(Listener listener, Guest guest, OutputStream out);

    CompletableFuture<@Nullable Data> data();

    CompletableFuture<@Nullable InputStream> stream();

    CompletableFuture<@Nullable OutputStream> sink();

    CompletableFuture<@Nullable RpcResponse> response();

    CompletableFuture<@Nullable List<RpcBlob>> blobs();

    RpcPromise<@Nullable List<Integer>> promise();

    Remote remote();
  }

  record Data(
      int number, @Nullable String b, @Nullable Map<String, Instant> c, @Nullable Listener a) {}

  interface Remote extends AutoCloseable {
    RpcPromise<@Nullable Object> next(int number);

    @Override
    void close();
  }

  @FunctionalInterface
  interface Listener {
    @Nullable String on(@Nullable String text);
  }

  interface Guest extends AutoCloseable {
    @Nullable String text(@Nullable Object value);

    BigInteger numbers(int one, long... others);

    CompletableFuture<@Nullable Object> later(@Nullable Data data);

    Listener object(@Nullable Listener given);

    int streams(@Nullable InputStream in, @Nullable OutputStream out) throws IOException;

    @Override
    void close();
  }

  private static final class Own implements Guest {
    @Override
    public @Nullable String text(@Nullable Object value) {
      return String.valueOf(value);
    }

    @Override
    public BigInteger numbers(int one, long... others) {
      return BigInteger.valueOf(one).shiftLeft(others.length);
    }

    @Override
    public CompletableFuture<@Nullable Object> later(@Nullable Data data) {
      return CompletableFuture.completedFuture(data);
    }

    @Override
    public Listener object(@Nullable Listener given) {
      return given == null ? text -> text : given;
    }

    @Override
    public int streams(@Nullable InputStream in, @Nullable OutputStream out) throws IOException {
      int read = in == null ? 0 : drain(in);
      if (out != null) {
        out.write(read);
        out.flush();
      }
      return read;
    }

    @Override
    public void close() {}
  }

  static Stream<Arguments> seeds() {
    return Stream.of(
            frames(0, 4, 0, 6, 3),
            frames(4, 8, 0, 9, 10),
            frames(8, 6, 6, 6, 0),
            frames(5, 9, 10, 4, 9, 11),
            frames(12, 13, 14, 15))
        .map(frames -> Arguments.of(frames.size() % 5, frames));
  }

  private static List<Frame> frames(int... kinds) {
    return IntStream.range(0, kinds.length)
        .mapToObj(
            i -> new Frame(kinds[i], i + 1, (byte) (3 * i), (byte) (7 * i), (byte) i, "[\"x\"]", 0))
        .toList();
  }

  @MethodSource("seeds")
  @DictionaryEntries({"[\"", "\"]", "[[", "]]", "\"cause\":", "\\ud800", "1e999", "[\"promise\",-"})
  @FuzzTest(maxDuration = "")
  void whateverAWorkerSendsEndsTyped(
      @InRange(min = 0, max = 4) int also,
      @NotNull @WithSize(max = 8) List<@NotNull Frame> frames) {
    inputs++;
    if (allocated(also, frames) > 0) { // What is loaded once is not what an input costs.
      assertThat(allocated(also, frames))
          .as("bytes allocated above what is allowed")
          .isNotPositive();
    }
    passed++;
  }

  /** By how many bytes more is allocated than may be. */
  private static long allocated(int also, List<Frame> frames) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long characters = run(also, frames);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long above = allocated - ALLOWED_BYTES - ALLOWED_BYTES_A_CHARACTER * characters;
    most = above > 0 ? most : Math.max(most, allocated);
    return above;
  }

  private static long run(int also, List<Frame> frames) {
    MemorySession memory = new MemorySession(Duration.ofSeconds(60));
    Api api = memory.of(Api.class);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    calls.add(api.any(text -> text, new Own(), OutputStream.nullOutputStream()));
    calls.add(call(api, also));
    RpcPromise<@Nullable List<Integer>> promise = api.promise().pull();
    Remote remote = api.remote();
    long characters = 0;
    for (Frame frame : frames) {
      String text = frame.text();
      characters += text.length();
      messages++;
      memory.session.received(text);
      memory.runTasks();
    }
    calls.forEach(SessionStateFuzzTest::use);
    remote.close();
    memory.session.close("the session was closed", true);
    memory.runTasks();
    calls.forEach(SessionStateFuzzTest::requireEnded);
    requireEnded(promise);
    assertThat(memory.held()).isZero();
    return characters;
  }

  private static CompletableFuture<?> call(Api api, int which) {
    return switch (which) {
      case 0 -> api.data();
      case 1 -> api.stream();
      case 2 -> api.sink();
      case 3 -> api.response();
      default -> api.blobs();
    };
  }

  /** Uses what came, as long as the session lasts. */
  private static void use(CompletableFuture<?> call) {
    Object value = call.isDone() && !call.isCompletedExceptionally() ? call.join() : null;
    try {
      if (value instanceof InputStream in) {
        int unused = drain(in);
      } else if (value instanceof OutputStream out) {
        out.write(1);
        out.flush();
      } else if (value instanceof RpcResponse response && response.body() != null) {
        int unused = drain(response.body());
      }
    } catch (IOException e) {
      // What a broken stream throws.
    }
  }

  private static int drain(InputStream in) throws IOException {
    int read = 0;
    while (in.available() > 0) {
      read += in.readNBytes(in.available()).length;
    }
    in.close();
    return read;
  }

  private static void requireEnded(CompletableFuture<?> call) {
    assertThat(call).isDone();
    try {
      Object unused = call.join();
      values++;
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(WorkerException.class);
      failures++;
    }
  }

  private static void requireEnded(RpcPromise<?> promise) {
    try {
      Object unused = promise.join();
      values++;
    } catch (WorkerException e) {
      failures++;
    }
  }

  @AfterAll
  static void asManyInputsRanAsWereAskedFor() {
    System.out.printf(
        "%,d fuzz inputs, %,d messages, %,d values, %,d failures, at most %,d bytes allocated%n",
        inputs, messages, values, failures, most);
    if (passed == inputs) {
      assertThat(inputs).isGreaterThanOrEqualTo(Long.getLong("jazzer.max_executions", 0));
    }
  }
}
