package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a session begins, calls, and ends. */
@Timeout(60)
class SessionTest {
  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    String hello(String name);

    @RpcName("hello")
    CompletableFuture<String> helloLater(String name);

    RpcPromise<User> user(int id);

    void note(RpcPromise<String> name);

    @Idempotent
    String again();
  }

  record User(String name) {}

  @Test
  void theUpgradeCarriesTheRoutesCredentialsAndPath() {
    try (RpcSession session = Rpc.session(server.service())) {
      assertThat(session.isOpen()).isTrue();
    }
    assertThat(server.requests().get(0).getTarget()).isEqualTo("/api");
    assertThat(server.requests().get(0).getHeaders().get("Authorization"))
        .isEqualTo("Bearer " + SessionServer.TOKEN);
    assertThat(server.requests().get(0).getHeaders().get("CF-Access-Client-Secret"))
        .isEqualTo("secret-of-access");
  }

  @Test
  void aCallIsOneMessageAndOneAnswer() {
    server.resolves(id -> "\"Hello " + id + '"');
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      assertThat(api.hello("you")).isEqualTo("Hello 1");
      assertThat(api.hello("two")).isEqualTo("Hello 2");
      assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",0,[\"hello\"],[\"you\"]]]");
      assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",0,[\"hello\"],[\"two\"]]]");
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void aPromiseIsBuiltOnUntilItIsJoined() {
    server.resolves(id -> id == 2 ? "[\"undefined\"]" : "{\"name\":\"ann\"}");
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      RpcPromise<User> user = api.user(5);
      api.note(user.get("name", String.class));
      assertThat(user.join()).isEqualTo(new User("ann"));
      assertThat(user.join()).isSameAs(user.join());
      assertThat(server.message()).isEqualTo("[\"push\",[\"pipeline\",0,[\"user\"],[5]]]");
      assertThat(server.message())
          .isEqualTo("[\"stream\",[\"pipeline\",0,[\"note\"],[[\"pipeline\",1,[\"name\"]]]]]");
      assertThatIllegalStateException()
          .isThrownBy(() -> api.note(user.get("name", String.class)))
          .withMessageContaining("user was closed, or joined");
    }
  }

  @Test
  void aCallThatIsNotAnsweredEndsInTimeAndWhatComesLaterIsReleased() {
    try (RpcSession session = quick()) {
      WorkerTimeoutException e =
          catchThrowableOfType(
              WorkerTimeoutException.class, () -> session.of(Api.class).hello("x"));
      assertThat(e.phase()).isEqualTo(WorkerTimeoutException.Phase.CALL);
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(e.serviceError().safeToResend()).isFalse();
      assertThat(server.message()).contains("hello");
      server.socket().send("[\"resolve\",1,{\"late\":[\"export\",-1]}]");
      assertThat(server.message()).isEqualTo("[\"release\",-1,1]");
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void aFutureThatIsNotAnsweredEndsInTimeToo() {
    try (RpcSession session = quick()) {
      ExecutionException e =
          catchThrowableOfType(
              ExecutionException.class,
              () -> session.of(Api.class).helloLater("x").get(10, TimeUnit.SECONDS));
      assertThat(e).hasCauseInstanceOf(WorkerTimeoutException.class);
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void whatComesForAFutureThatWasCancelledIsReleased() {
    try (RpcSession session = Rpc.session(server.service())) {
      CompletableFuture<String> later = session.of(Api.class).helloLater("x");
      assertThat(later.cancel(true)).isTrue();
      assertThat(server.message()).contains("hello");
      server.socket().send("[\"resolve\",1,{\"late\":[\"export\",-1]}]");
      assertThat(server.message()).isEqualTo("[\"release\",-1,1]");
    }
  }

  @Test
  void whatAMethodThrewIsOneCallsFailureAndTheSessionGoesOn() {
    server.answers(
        (socket, message) -> {
          if (message.contains("[\"x\"]")) {
            socket.send(
                "[\"reject\",1,[\"error\",\"RangeError\",\"bad " + SessionServer.TOKEN + "\"]]");
          } else if (message.contains("[\"y\"]")) {
            socket.send("[\"resolve\",2,\"fine\"]");
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api.hello("x"));
      assertThat(e.remoteType()).isEqualTo("RangeError");
      assertThat(e.remoteMessage()).isEqualTo("bad (hidden)");
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
      assertThat(api.hello("y")).isEqualTo("fine");
    }
  }

  @Test
  void callsInFlightWhenTheConnectionBreaksAreUnknownAndNotSentAgain() throws Exception {
    CompletableFuture<WorkerException> broken = new CompletableFuture<>();
    try (RpcSession session = Rpc.session(server.service())) {
      session.onBroken(broken::complete);
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("1");
      CompletableFuture<String> second = api.helloLater("2");
      assertThat(server.message() + server.message()).contains("hello");
      server.cut();
      for (CompletableFuture<String> each : List.of(first, second)) {
        ExecutionException e =
            catchThrowableOfType(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
        assertThat(e).hasCauseInstanceOf(WorkerConnectionException.class);
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                WorkerException.class,
                cause -> assertThat(cause.delivery()).isEqualTo(Delivery.UNKNOWN));
      }
      assertThat(broken.get(10, TimeUnit.SECONDS)).isInstanceOf(WorkerConnectionException.class);
      WorkerConnectionException after =
          catchThrowableOfType(WorkerConnectionException.class, () -> api.hello("3"));
      assertThat(after.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(after.serviceError().safeToResend()).isTrue();
      assertThat(session.isOpen()).isFalse();
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void closeEndsCallsInFlightAndIsNotABreak() throws Exception {
    CompletableFuture<WorkerException> broken = new CompletableFuture<>();
    RpcSession session = Rpc.session(server.service());
    session.onBroken(broken::complete);
    CompletableFuture<String> later = session.of(Api.class).helloLater("1");
    session.close();
    session.close();
    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> later.get(10, TimeUnit.SECONDS));
    assertThat(e).hasCauseInstanceOf(WorkerCancelledException.class);
    assertThat(broken).isNotDone();
  }

  @Test
  void aWorkerThatClosesOrAbortsBreaksTheSession() {
    for (String how : List.of("close", "abort")) {
      server.answers(
          (socket, message) -> {
            boolean unused =
                how.equals("close")
                    ? socket.close(3000, "bye")
                    : socket.send("[\"abort\",[\"error\",\"Error\",\"no such export ID: 99\"]]");
          });
      try (RpcSession session = Rpc.session(server.service())) {
        WorkerConnectionException e =
            catchThrowableOfType(
                WorkerConnectionException.class, () -> session.of(Api.class).hello("x"));
        assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      }
    }
  }

  @Test
  void aRefusedUpgradeIsTheExceptionThatACallWouldThrow() {
    server.refuses(
        new MockResponse.Builder()
            .code(403)
            .setHeader("cf-ray", "8f00aa11bb22cc33-FRA")
            .setHeader("Content-Type", "text/plain; charset=UTF-8")
            .body("error code: 1020")
            .build());
    AccessDeniedException e =
        catchThrowableOfType(AccessDeniedException.class, () -> Rpc.session(server.service()));
    assertThat(e.serviceError().operation()).isEqualTo("RPC session");
    assertThat(e.serviceError().rayId()).isEqualTo("8f00aa11bb22cc33-FRA");

    server.refuses(
        new MockResponse.Builder()
            .code(302)
            .setHeader("Location", "https://team.cloudflareaccess.com/cdn-cgi/access/login/x")
            .build());
    assertThat(catchThrowableOfType(WorkerException.class, () -> Rpc.session(server.service())))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void aTargetThatOpensNoWebSocketIsNamedWithWhatToCheck() {
    for (int status : new int[] {200, 401, 404, 500}) {
      server.refuses(new MockResponse.Builder().code(status).body("<html>no</html>").build());
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> Rpc.session(server.service()));
      assertThat(e.serviceError().message()).contains("HTTP " + status);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e.serviceError().diagnosis().fix()).contains("rpcPath");
    }
  }

  @Test
  void argumentsOfMoreThanAMessageTakesAreRefusedBeforeTheyAreSent() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.hello("x".repeat(16 << 20)))
          .withMessageContaining("hello has arguments of 16777");
      assertThat(session.isOpen()).isTrue();
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void aCallWaitsForRoomWhileTheWorkerDoesNotReadAndEndsUnsent() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    server.answers((socket, message) -> awaitQuietly(reading));
    try (RpcSession session =
        RpcSession.builder(server.service())
            .callTimeout(Duration.ofSeconds(1))
            .pingInterval(Duration.ofMinutes(1))
            .open()) {
      Api api = session.of(Api.class);
      String large = "x".repeat(5 << 20);
      List<CompletableFuture<String>> all = new ArrayList<>();
      WorkerTimeoutException e =
          catchThrowableOfType(
              WorkerTimeoutException.class,
              () -> {
                for (int i = 0; i < 20; i++) {
                  all.add(api.helloLater(large));
                }
              });
      assertThat(e.phase()).isEqualTo(WorkerTimeoutException.Phase.QUEUE);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(all).hasSizeGreaterThanOrEqualTo(2);
      assertThat(session.isOpen()).isTrue();
    } finally {
      reading.countDown();
    }
  }

  @Test
  void aWorkerThatGivesNoSignOfLifeBreaksTheSessionAndWhatWasNotWrittenIsNotDelivered() {
    CountDownLatch reading = new CountDownLatch(1);
    server.answers((socket, message) -> awaitQuietly(reading));
    String large = "x".repeat(1 << 20);
    try (RpcSession session =
        RpcSession.builder(server.service()).pingInterval(Duration.ofMillis(700)).open()) {
      Api api = session.of(Api.class);
      List<Delivery> deliveries = new ArrayList<>();
      List<CompletableFuture<String>> all = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        all.add(api.helloLater(large));
      }
      for (CompletableFuture<String> each : all) {
        ExecutionException e =
            catchThrowableOfType(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
        assertThat(e)
            .cause()
            .isInstanceOfSatisfying(
                WorkerConnectionException.class, cause -> deliveries.add(cause.delivery()));
      }
      assertThat(deliveries).startsWith(Delivery.UNKNOWN).endsWith(Delivery.NOT_DELIVERED);
    } finally {
      reading.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RpcSession quick() {
    return RpcSession.builder(server.service()).callTimeout(Duration.ofMillis(200)).open();
  }
}
