package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a listener of the client is told of a session's calls. */
@Timeout(60)
class SessionListenerTest implements CallListener {
  @RegisterExtension final SessionServer server = new SessionServer();

  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();

  interface Api {
    String hello(String name);

    @RpcName("hello")
    CompletableFuture<String> helloLater(String name);

    RpcPromise<User> user(int id);
  }

  record User(String name) {}

  private record Seen(Thread created, @Nullable Thread started) {}

  private record Ended(
      CallInfo call,
      Thread thread,
      Duration elapsed,
      List<Attempt> attempts,
      @Nullable WorkerException failure) {
    Seen seen() {
      Seen seen = call.attached(Seen.class);
      assertThat(seen).isNotNull();
      return seen;
    }
  }

  @Override
  public void callCreated(CallInfo call) {
    call.attach(Seen.class, new Seen(Thread.currentThread(), null));
  }

  @Override
  public void callStarted(CallInfo call) {
    Seen created = call.attached(Seen.class);
    assertThat(created).isNotNull();
    call.attach(Seen.class, new Seen(created.created(), Thread.currentThread()));
  }

  @Override
  public void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    ends.add(new Ended(call, Thread.currentThread(), elapsed, attempts, failure));
  }

  @BeforeEach
  void listen() {
    server.isCalledUnder(this);
  }

  private RpcSession open(Duration callTimeout) throws InterruptedException {
    RpcSession session = RpcSession.builder(server.service()).callTimeout(callTimeout).open();
    Ended opening = end();
    assertThat(opening.call().operation()).isEqualTo("RPC session");
    assertThat(opening.failure()).isNull();
    return session;
  }

  private RpcSession open() throws InterruptedException {
    return open(Duration.ofSeconds(10));
  }

  private Ended end() throws InterruptedException {
    Ended end = ends.poll(10, TimeUnit.SECONDS);
    assertThat(end).as("the end of a call").isNotNull();
    return end;
  }

  private void resolves(String value) {
    server.resolves(id -> value);
  }

  @Test
  void aCallIsOneAttemptOfItsMethodOnTheCallersThread() throws Exception {
    resolves("\"Hello you\"");
    try (RpcSession session = open()) {
      assertThat(session.of(Api.class).hello("you")).isEqualTo("Hello you");

      Ended end = end();
      assertThat(end.call().service()).isEqualTo("API");
      assertThat(end.call().operationTag()).isEqualTo("hello");
      assertThat(end.call().isRpc()).isTrue();
      assertThat(end.seen()).isEqualTo(new Seen(Thread.currentThread(), Thread.currentThread()));
      assertThat(end.thread()).isSameAs(Thread.currentThread());
      assertThat(end.failure()).isNull();
      assertThat(end.attempts()).hasSize(1);
      Attempt attempt = end.attempts().get(0);
      assertThat(attempt.route()).isEqualTo("custom-domain");
      assertThat(attempt.delivery()).isEqualTo(Delivery.DELIVERED);
      assertThat(attempt.failure()).isNull();
      assertThat(attempt.elapsed()).isEqualTo(end.elapsed()).isPositive();
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void aMethodThatThrewWasAnsweredAndTheExceptionIsTheCallers() throws Exception {
    server.answers(
        (socket, message) -> {
          if (message.startsWith("[\"stream\"")) {
            socket.send("[\"reject\",1,[\"error\",\"RangeError\",\"too far\"]]");
          }
        });
    try (RpcSession session = open()) {
      Api api = session.of(Api.class);
      WorkerRpcException thrown =
          catchThrowableOfType(WorkerRpcException.class, () -> api.hello("you"));

      Ended end = end();
      assertThat(end.failure()).isSameAs(thrown);
      assertThat(end.attempts().get(0).delivery()).isEqualTo(Delivery.DELIVERED);
      assertThat(end.attempts().get(0).failure()).isNull();
    }
  }

  @Test
  void aTimeoutIsTheFailureOfCallAndAttempt() throws Exception {
    try (RpcSession session = open(Duration.ofMillis(50))) {
      Api api = session.of(Api.class);
      WorkerTimeoutException thrown =
          catchThrowableOfType(WorkerTimeoutException.class, () -> api.hello("you"));

      Ended end = end();
      assertThat(end.failure()).isSameAs(thrown);
      assertThat(end.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
      assertThat(end.attempts().get(0).failure()).isEqualTo("WORKER_TIMEOUT");
      assertThat(end.attempts().get(0).delivery()).isEqualTo(Delivery.UNKNOWN);
    }
  }

  @Test
  void anAsyncCallIsCreatedOnTheCallersThreadAndBeginsAndEndsOnOne() throws Exception {
    resolves("\"Hello you\"");
    try (RpcSession session = open()) {
      assertThat(session.of(Api.class).helloLater("you").get(10, TimeUnit.SECONDS))
          .isEqualTo("Hello you");

      Ended end = end();
      assertThat(end.seen()).isEqualTo(new Seen(Thread.currentThread(), end.thread()));
      assertThat(end.thread()).isNotSameAs(Thread.currentThread());
      assertThat(end.failure()).isNull();
    }
  }

  @Test
  void aFutureThatIsCancelledEndsItsCallOnce() throws Exception {
    try (RpcSession session = open()) {
      WebSocket socket = server.socket();
      Api api = session.of(Api.class);
      assertThat(api.helloLater("you").cancel(true)).isTrue();

      Ended end = end();
      assertThat(end.failure()).isInstanceOf(WorkerCancelledException.class);
      assertThat(end.attempts().get(0).delivery()).isEqualTo(Delivery.UNKNOWN);

      assertThat(socket.send("[\"resolve\",1,\"late\"]")).isTrue();
      server.resolves(id -> id == 2 ? "\"next\"" : null);
      assertThat(api.hello("next")).isEqualTo("next");
      assertThat(end().failure()).isNull();
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void aPromiseIsACallWhenItIsJoined() throws Exception {
    resolves("{\"name\":\"Ann\"}");
    try (RpcSession session = open()) {
      RpcPromise<User> user = session.of(Api.class).user(7);
      assertThat(ends).isEmpty();
      assertThat(user.join()).isEqualTo(new User("Ann"));

      assertThat(end().call().operation()).isEqualTo("user");
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void aCallOnASessionThatIsOverIsTold() throws Exception {
    RpcSession session = open();
    Api api = session.of(Api.class);
    session.close();
    WorkerCancelledException blocking =
        catchThrowableOfType(WorkerCancelledException.class, () -> api.hello("you"));

    Ended end = end();
    assertThat(end.failure()).isSameAs(blocking);
    assertThat(end.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
  }
}
