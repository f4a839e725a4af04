package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Worker that sends anything: every call ends, in a value or a typed failure, and nothing is held
 * on to afterwards. Longer by {@code -Drpc.fuzz.sessions=100000}; a failure names its seed.
 */
@Timeout(3600)
class SessionFuzzTest {
  private static final int SESSIONS = Integer.getInteger("rpc.fuzz.sessions", 80);
  private static final int FRAMES = 30;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    @Nullable Object call(Listener listener);

    CompletableFuture<@Nullable Object> later();

    RpcPromise<@Nullable Object> promise();

    InputStream stream();
  }

  @FunctionalInterface
  interface Listener {
    String on(String text);
  }

  @Test
  void anythingThatAWorkerSendsEndsInAValueOrATypedFailure() throws Exception {
    long first = Long.getLong("rpc.fuzz.seed", 1L);
    for (long seed = first; seed < first + SESSIONS; seed++) {
      try {
        run(new Random(seed));
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void run(Random random) throws Exception {
    server.answers(
        (socket, message) -> {
          if (message.startsWith("[\"stream\"") && message.contains("later")) {
            for (int i = 0; i < FRAMES; i++) {
              socket.send(Frame.random(random).text());
            }
            socket.close(1000, null);
          }
        });
    RpcSession session =
        RpcSession.builder(server.service()).callTimeout(Duration.ofSeconds(20)).open();
    try (session) {
      Api api = session.of(Api.class);
      List<CompletableFuture<?>> all = new ArrayList<>();
      all.add(CompletableFuture.runAsync(() -> api.call(text -> "heard " + text), THREADS));
      all.add(CompletableFuture.runAsync(() -> read(api), THREADS));
      all.add(CompletableFuture.runAsync(() -> api.promise().join(), THREADS));
      all.add(later(api));
      for (CompletableFuture<?> each : all) {
        requireEnded(each);
      }
    }
    while (session.held() > 0) {
      Thread.onSpinWait();
    }
  }

  private static CompletableFuture<?> later(Api api) {
    try {
      return api.later();
    } catch (WorkerException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void read(Api api) {
    try (InputStream in = api.stream()) {
      if (in != null) {
        in.readAllBytes();
      }
    } catch (IOException e) {
      // What a broken stream throws.
    }
  }

  private static void requireEnded(CompletableFuture<?> call)
      throws InterruptedException, TimeoutException {
    try {
      Object unused = call.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOf(WorkerException.class)
          .isNotInstanceOf(WorkerTimeoutException.class); // The Worker closes the session.
    }
  }
}
