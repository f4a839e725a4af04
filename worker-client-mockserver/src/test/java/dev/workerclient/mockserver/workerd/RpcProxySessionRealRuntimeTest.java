package dev.workerclient.mockserver.workerd;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RetryOptions;
import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcSession;
import dev.workerclient.workerd.WorkerdServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions through the binding proxy, to a Worker's methods and to a Durable Object. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class RpcProxySessionRealRuntimeTest {
  /** For a longer run: {@code -Drpc.session.calls=10000}. */
  private static final int CALLS = Integer.getInteger("rpc.session.calls", 1_000);

  private final Installed runtime;
  private final RpcFleet fleet;

  RpcProxySessionRealRuntimeTest(Installed runtime) {
    this.runtime = runtime;
    this.fleet = RpcFleet.on(runtime);
  }

  interface Api {
    String hello(String name);

    @RpcName("hello")
    RpcPromise<String> helloLater(String name);

    List<@Nullable Object> echo(@Nullable Object... values);

    @RpcName("echo")
    List<@Nullable Object> echoFunction(Visitor visitor);

    @RpcName("echo")
    RpcPromise<List<Integer>> echoLater(int... values);

    @RpcName("echo")
    List<Object> echoStream(InputStream stream);

    InputStream stream();

    void noop();

    String boom();

    Account account(int id);

    @Nullable Object aFunction();

    String large(int bytes);

    String largeOf(String character, int length);

    String slow(int millis);

    @RpcName("slow")
    CompletableFuture<String> slowLater(int millis);

    CompletableFuture<String> never();

    List<Object> visit(List<Object> values, Visitor visitor);

    List<Object> attend(Listener listener);

    void keep(Visitor visitor);

    String unlisted();
  }

  interface Account extends AutoCloseable {
    RpcPromise<Profile> profile();

    Balance balance();

    void fail();

    Account sub();

    @Override
    void close();
  }

  record Profile(String name, Map<String, String> owner) {}

  record Balance(Object id, BigInteger cents) {}

  @FunctionalInterface
  interface Visitor {
    @Nullable Object visit(@Nullable Object value);
  }

  interface Listener {
    String onProgress(int percent);

    String onSecret();
  }

  record Member(String name, int members) {}

  interface Room {
    Member join(String name);

    @RpcName("join")
    CompletableFuture<Member> joinLater(String name);

    void fail();

    void reset();
  }

  @Test
  void valuesOfEveryTypeRoundTrip() {
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      assertThat(session.route()).isEqualTo("binding-proxy");
      assertThat(api.echo(RpcFleet.VALUES.toArray())).isEqualTo(RpcFleet.VALUES);
      api.noop();
    }
  }

  @Test
  void callsArePipelinedAndObjectsLiveUntilTheyAreClosed() {
    int before = runs();
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      try (Account account = api.account(7)) {
        assertThat(account.profile().get("name", String.class).join()).isEqualTo("acct-7");
        assertThat(account.profile().join().owner()).containsEntry("name", "ann");
        assertThat(account.balance().cents()).isEqualTo(4200);
        assertThat(account.sub().profile().get("name", String.class).join()).isEqualTo("acct-7.1");
        WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, account::fail);
        assertThat(e.remoteType() + " " + e.remoteMessage()).isEqualTo("RangeError acct fail");
      }
      WorkerRpcException boom = catchThrowableOfType(WorkerRpcException.class, api::boom);
      assertThat(boom.properties()).containsEntry("code", "E_BOOM").doesNotContainKey("secret");
    }
    // account, profile twice, balance, sub, its profile, fail, boom
    assertThat(runs() - before).isEqualTo(8);
  }

  @Test
  void aDurableObjectHasSessionsOfItsOwn() {
    try (WorkerClient client = client("ROOMS")) {
      WorkerService room = client.service("ROOMS").durableObject("room-" + UUID.randomUUID());
      try (RpcSession session = Rpc.session(room)) {
        Room api = session.of(Room.class);
        assertThat(api.join("ann")).isEqualTo(new Member("ann", 1));
        assertThat(api.join("bob")).isEqualTo(new Member("bob", 2));
        assertThat(catchThrowableOfType(WorkerRpcException.class, api::fail).remoteMessage())
            .isEqualTo("room fail");
      }
      try (RpcSession unique = Rpc.session(client.service("ROOMS").durableObject("room-other"))) {
        assertThat(unique.isOpen()).isTrue();
      }
    }
  }

  @Test
  void theTargetCallsFunctionsAndListedMethodsOfTheClient() throws Exception {
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      List<@Nullable Object> seen = new ArrayList<>();
      List<Object> returned =
          api.visit(
              List.of(1, "two"),
              value -> {
                seen.add(value);
                if ("two".equals(value)) {
                  throw new IllegalStateException("not two");
                }
                return Map.of("got", value);
              });
      assertThat(seen).containsExactly(1, "two");
      assertThat(returned).containsExactly(Map.of("got", 1), "Error: not two");
      List<Object> told =
          api.attend(
              new Listener() {
                @Override
                public String onProgress(int percent) {
                  return "at " + percent;
                }

                @Override
                public String onSecret() {
                  return "secret";
                }
              });
      assertThat(told.get(0)).isEqualTo("at 50");
      assertThat(told.get(1)).asString().contains("onSecret");
      CompletableFuture<Object> late = new CompletableFuture<>();
      api.keep(
          value -> {
            late.complete(value);
            return null;
          });
      assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("late");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_BOUND, BINDING_NOT_FOUND",
    "NO_METHODS, BINDING_PROXY",
    "NO_SESSIONS, BINDING_PROXY",
    "NOWHERE, ACCESS_DENIED"
  })
  void aSessionThatIsRefusedIsNotDelivered(String binding, String code) {
    try (WorkerClient client = client(binding)) {
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> session(client, binding).close());
      assertThat(e.serviceError().code()).isEqualTo(code);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      if (binding.equals("NOT_BOUND")) {
        assertThat(e).isInstanceOf(BindingNotFoundException.class);
      }
    }
  }

  @Test
  void aRefusedCallIsNotDeliveredAndTheSessionGoesOn() {
    int before = runs();
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      AccessDeniedException unlisted =
          catchThrowableOfType(AccessDeniedException.class, api::unlisted);
      assertThat(unlisted.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(unlisted.serviceError().safeToResend()).isTrue();
      WorkerException callback =
          catchThrowableOfType(WorkerException.class, () -> api.echoFunction(value -> value));
      assertThat(callback.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThatIllegalStateException()
          .isThrownBy(() -> api.echoStream(new ByteArrayInputStream(new byte[1])));
      assertThatIllegalStateException().isThrownBy(api::stream);
      assertThat(runs() - before).isZero();
      BindingProxyException noData =
          catchThrowableOfType(BindingProxyException.class, api::aFunction);
      assertThat(noData.delivery()).isEqualTo(Delivery.DELIVERED);
      assertThat(api.hello("you")).isEqualTo("Hello you");
    }
    assertThat(runs() - before).isEqualTo(2);
  }

  @Test
  void aResultThatIsTooLargeFailsItsCallAlone() {
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      WorkerException e = catchThrowableOfType(WorkerException.class, () -> api.large(17 << 20));
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      // Fewer characters than the proxy sends, and more bytes than this client takes.
      assertThat(catchThrowableOfType(WorkerException.class, () -> api.largeOf("ü", 8_400_000)))
          .isInstanceOf(WorkerLimitException.class);
      assertThat(api.large(15_000_000)).hasSize(15_000_000);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void callsWaitForTheirPlaceAndAUsedUpSessionEnds() throws Exception {
    int before = runs();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (WorkerClient client = client("FEW");
        RpcSession session = session(client, "FEW")) {
      CompletableFuture<WorkerException> broken = new CompletableFuture<>();
      session.onBroken(broken::complete);
      Api api = session.of(Api.class);
      List<Future<String>> all =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> api.slow(20))).toList();
      for (Future<String> each : all) {
        assertThat(each.get()).isEqualTo("slow20"); // Two run at the same time, of eight in all.
      }
      WorkerException ninth = catchThrowableOfType(WorkerException.class, () -> api.hello("9"));
      assertThat(ninth.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(broken.get(30, TimeUnit.SECONDS)).hasMessageContaining("Open another");
      WorkerConnectionException after =
          catchThrowableOfType(WorkerConnectionException.class, () -> api.hello("10"));
      assertThat(after.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    } finally {
      threads.shutdown();
    }
    assertThat(runs() - before).isEqualTo(8);
  }

  @Test
  void resultsThatNobodyReleasesAreRefusedHere() {
    int before = runs();
    try (WorkerClient client = client("FEW");
        RpcSession session = session(client, "FEW")) {
      Api api = session.of(Api.class);
      List<RpcPromise<String>> kept = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        kept.add(api.helloLater("x"));
      }
      WorkerLimitException e =
          catchThrowableOfType(WorkerLimitException.class, () -> api.helloLater("5"));
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      kept.forEach(each -> assertThat(each.join()).isEqualTo("Hello x"));
      assertThat(api.hello("6")).isEqualTo("Hello 6");
    }
    assertThat(runs() - before).isEqualTo(5);
  }

  @Test
  void aHungTargetKeepsItsPlacesAndOthersAreToldSo() {
    try (WorkerClient client = client("FEW");
        RpcSession session =
            RpcSession.builder(client.service("FEW")).callTimeout(Duration.ofMillis(500)).open()) {
      Api api = session.of(Api.class);
      CompletableFuture<String> hung = api.slowLater(30_000);
      WorkerTimeoutException e =
          catchThrowableOfType(WorkerTimeoutException.class, () -> api.slow(30_000));
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(hung).failsWithin(Duration.ofSeconds(10));
      WorkerTimeoutException noPlace =
          catchThrowableOfType(WorkerTimeoutException.class, () -> api.hello("x"));
      assertThat(noPlace.phase()).isEqualTo(WorkerTimeoutException.Phase.QUEUE);
      assertThat(noPlace.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    }
  }

  @Test
  void aTargetThatWillNeverAnswerIsTypedAndTheSessionGoesOn() {
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session =
            RpcSession.builder(client.service("ACCOUNTS"))
                .callTimeout(Duration.ofSeconds(2))
                .open()) {
      Api api = session.of(Api.class);
      ExecutionException e =
          catchThrowableOfType(
              ExecutionException.class, () -> api.never().get(30, TimeUnit.SECONDS));
      assertThat(((WorkerException) requireNonNull(e.getCause())).delivery())
          .isEqualTo(Delivery.UNKNOWN);
      assertThat(api.hello("you")).isEqualTo("Hello you");
    }
  }

  @Test
  void anObjectThatCrashesFailsItsCallAndIsBackForTheNext() {
    try (WorkerClient client = client("ROOMS")) {
      WorkerService room = client.service("ROOMS").durableObject("room-" + UUID.randomUUID());
      try (RpcSession session = Rpc.session(room)) {
        Room api = session.of(Room.class);
        assertThat(api.join("ann").members()).isEqualTo(1);
        WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, api::reset);
        assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(e.serviceError().safeToResend()).isFalse();
        assertThat(api.join("bob").members()).isEqualTo(1);
      }
    }
  }

  @Test
  void anIdleSessionIsEndedByTheProxy() throws Exception {
    try (WorkerClient client = client("SMALL");
        RpcSession session = session(client, "SMALL")) {
      CompletableFuture<WorkerException> broken = new CompletableFuture<>();
      session.onBroken(broken::complete);
      assertThat(broken.get(30, TimeUnit.SECONDS))
          .hasMessageContaining("TIMED_OUT (The session was idle for 1 seconds.)");
      WorkerConnectionException e =
          catchThrowableOfType(
              WorkerConnectionException.class, () -> session.of(Api.class).hello("x"));
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e.serviceError().retryable()).isTrue();
    }
  }

  @Test
  @SuppressWarnings("try") // Its close is what the test is about.
  void callsInFlightWhenTheProxyDiesAreUnknownAndNotSentAgain() {
    try (WorkerdServer own =
            WorkerdServer.builder()
                .config(Installed.config("rpc.capnp"))
                .binary(runtime.binary())
                .awaitSockets("proxy")
                .start();
        WorkerClient client =
            WorkerClient.builder()
                .bindingProxy(own.url("proxy"), proxy -> proxy.bearerToken(RealFleet.TOKEN))
                .service("ACCOUNTS")
                .build();
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      assertThat(api.hello("x")).isEqualTo("Hello x");
      CompletableFuture<String> slow = api.slowLater(30_000);
      own.close();
      ExecutionException e =
          catchThrowableOfType(ExecutionException.class, () -> slow.get(30, TimeUnit.SECONDS));
      assertThat(e).hasCauseInstanceOf(WorkerConnectionException.class);
      assertThat(((WorkerException) requireNonNull(e.getCause())).delivery())
          .isEqualTo(Delivery.UNKNOWN);
      assertThat(
              catchThrowableOfType(WorkerConnectionException.class, () -> api.hello("y"))
                  .delivery())
          .isEqualTo(Delivery.NOT_DELIVERED);
    }
  }

  @Test
  void callsOf64ThreadsAreAnsweredEachAndRunOnce() throws Exception {
    int before = runs();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      List<Future<String>> all =
          IntStream.range(0, CALLS)
              .mapToObj(i -> threads.submit(() -> api.hello("no. " + i)))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo("Hello no. " + i);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(runs() - before).isEqualTo(CALLS);
  }

  @Test
  void ofSessionsThatAreClosedUnderLoadNothingIsLeft() {
    try (WorkerClient client = client("ACCOUNTS")) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        try (RpcSession session = session(client, "ACCOUNTS")) {
          Api api = session.of(Api.class);
          Account unused = api.account(i);
          assertThat(unused).isNotNull();
          calls.add(api.slowLater(30_000));
          calls.add(api.slowLater(30_000));
        }
      }
      for (CompletableFuture<String> each : calls) {
        ExecutionException e =
            catchThrowableOfType(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
        assertThat(e).hasCauseInstanceOf(WorkerCancelledException.class);
        assertThat(((WorkerException) requireNonNull(e.getCause())).delivery())
            .isEqualTo(Delivery.UNKNOWN);
      }
    }
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (threadsOfSessions() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(threadsOfSessions()).isZero();
  }

  private static long threadsOfSessions() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("worker-client-rpc-"))
        .count();
  }

  @Test
  void aHundredPromisesOfOneThreadAreMoreThanThereArePlaces() {
    int before = runs();
    try (WorkerClient client = client("ACCOUNTS");
        RpcSession session = session(client, "ACCOUNTS")) {
      Api api = session.of(Api.class);
      List<RpcPromise<String>> all =
          IntStream.range(0, 100).mapToObj(i -> api.helloLater("no. " + i)).toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).join()).isEqualTo("Hello no. " + i);
      }
    }
    assertThat(runs() - before).isEqualTo(100);
  }

  @Test
  void theCustomDomainIsPreferredAndTheProxyIsThereIfItFails() {
    int direct = fleet.runs("direct-capnweb");
    int proxied = runs();
    try (WorkerClient client = both(fleet.url("direct-capnweb"));
        RpcSession session = session(client, "ACCOUNTS")) {
      assertThat(session.route()).isEqualTo("custom-domain");
      assertThat(session.of(Api.class).hello("you")).isEqualTo("Hello you");
    }
    assertThat(fleet.runs("direct-capnweb") - direct).isEqualTo(1);
    assertThat(runs() - proxied).isZero();
    try (WorkerClient client = both("http://127.0.0.1:1");
        RpcSession session = session(client, "ACCOUNTS")) {
      assertThat(session.route()).isEqualTo("binding-proxy");
      assertThat(session.of(Api.class).hello("you")).isEqualTo("Hello you");
    }
    assertThat(runs() - proxied).isEqualTo(1);
    try (WorkerClient client =
            fleet
                .proxied(
                    "ACCOUNTS",
                    own ->
                        own.customDomain(
                                fleet.url("direct-capnweb"), domain -> domain.rpcPath("/api"))
                            .routes(RouteKind.BINDING_PROXY, RouteKind.CUSTOM_DOMAIN))
                .build();
        RpcSession session = session(client, "ACCOUNTS")) {
      assertThat(session.route()).isEqualTo("binding-proxy");
    }
  }

  private WorkerClient both(String domain) {
    return fleet
        .proxied("ACCOUNTS", own -> own.customDomain(domain, at -> at.rpcPath("/api")))
        .build();
  }

  private WorkerClient client(String binding) {
    return fleet.proxied(binding).retry(RetryOptions.disabled()).build();
  }

  private int runs() {
    return fleet.runs("direct-accounts");
  }

  private static RpcSession session(WorkerClient client, String binding) {
    return Rpc.session(client.service(binding));
  }
}
