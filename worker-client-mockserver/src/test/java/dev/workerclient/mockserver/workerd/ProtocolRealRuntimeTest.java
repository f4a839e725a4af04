package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import dev.workerclient.rpc.RpcSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What capnweb's own tests of the protocol check, from Java against the official library:
 * pipelining, order, objects both ways, disposal, {@code map}, errors. Streams and the types of
 * fetch are in {@link ProtocolStreamsRealRuntimeTest}.
 *
 * <table>
 * <caption>The areas of capnweb's tests</caption>
 * <tr><th>area<th>where it is tested
 * <tr><td>calls, errors, pipelining, order, capabilities, disposal, map<td>here
 * <tr><td>WritableStream, ReadableStream, Blob, Request, Response,
 *     Headers<td>ProtocolStreamsRealRuntimeTest
 * <tr><td>serialization, forms of errors, limits<td>ValuesTest, TrapsTest and GoldenTest of
 *     worker-client-rpc, by messages
 * <tr><td>onRpcBroken, close, HTTP batches<td>SessionTest of worker-client-rpc,
 *     RpcSessionRealRuntimeTest, RpcRealRuntimeTest
 * <tr><td>flow control<td>what it does, and not how large the window is, which each side chooses
 * <tr><td>nested map, objects in the chunks of streams<td>that they are refused: Java has no form
 *     for them
 * <tr><td>stubs within one process, RpcPromise of a promise, MessagePort, encodings, Bun<td>not: they
 *     don't go over a WebSocket
 * <tr><td>native stubs of Workers, onSendError<td>not: they are the server's
 * </table>
 */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("ends")
class ProtocolRealRuntimeTest {
  static final String OLDEST = "direct-capnweb-oldest";

  private final String at;
  private final WorkerClient client;
  private final RpcSession session;
  private final Api api;

  ProtocolRealRuntimeTest(Installed runtime, String at) {
    this.at = at;
    this.client = RpcFleet.on(runtime).direct(at).build();
    this.session = Rpc.session(client.service("API"));
    this.api = session.of(Api.class);
  }

  /** Each runtime with each version of the library. */
  static Stream<Arguments> ends() {
    return Installed.all()
        .flatMap(
            runtime ->
                Stream.of("direct-capnweb", OLDEST).map(library -> Arguments.of(runtime, library)));
  }

  @AfterEach
  void close() {
    session.close();
    client.close();
  }

  interface Api {
    @RpcName("double")
    int twice(int number);

    @RpcName("double")
    RpcPromise<Integer> twiceLater(int number);

    @RpcName("double")
    RpcPromise<Integer> twiceOf(RpcPromise<Integer> number);

    Tally tally(int start);

    List<Held> threeTallies();

    CompletableFuture<Held> lateTally(int millis, int start);

    int disposed();

    int addTo(Tally tally, int by);

    int doubleBy(Api main, int number);

    RpcPromise<Integer> fails();

    @RpcName("fails")
    Tally failsToGiveOne();

    RpcPromise<Integer> mark(int number);

    List<Integer> marks();

    Marker marker();

    RpcPromise<@Nullable List<Integer>> first(int count);

    RpcPromise<@Nullable List<Integer>> nothing();

    RpcPromise<@Nullable List<Integer>> missing();

    void failsRichly();

    void failsTogether();

    void failsWithRequest();

    void failsWithObject();

    @Nullable Object returnsMap();

    Map<String, Map<String, @Nullable Object>> errorInside();

    @RpcProperty
    @Nullable Object absent();

    List<Integer> applyTwice(Square callback, int number);

    @RpcName("applyTwice")
    List<Integer> applyTwiceLater(LaterSquare callback, int number);

    List<String> visit(Guest guest);

    void keepGuest(Guest guest);

    void dropGuest();

    Same same(Square object);
  }

  interface Tally extends AutoCloseable {
    int add(int by);

    @RpcName("add")
    RpcPromise<Integer> addLater(int by);

    @RpcProperty
    int sum();

    @Override
    void close();
  }

  record Held(Tally tally) {}

  interface Marker {
    RpcPromise<Integer> one(int number);

    RpcPromise<Integer> other(int number);
  }

  @FunctionalInterface
  interface Square {
    int of(int number);
  }

  @FunctionalInterface
  interface LaterSquare {
    CompletableFuture<Integer> of(int number);
  }

  interface Guest extends AutoCloseable {
    String name(String prefix);

    CompletableFuture<String> later(int number);

    Badge badge();

    @Override
    default void close() {}
  }

  interface Badge {
    String show();
  }

  record Same(Square object) {}

  /** With more than its interface lists. */
  static class Visitor implements Guest {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public String name(String prefix) {
      return prefix + "-visitor";
    }

    @Override
    public CompletableFuture<String> later(int number) {
      return CompletableFuture.supplyAsync(() -> "later " + number);
    }

    @Override
    public Badge badge() {
      return () -> "badge";
    }

    public String secret() {
      return "secret";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void aPromiseIsAnArgumentBeforeItIsThere() {
    assertThat(api.twiceOf(api.twiceOf(api.twiceLater(2))).join()).isEqualTo(16);
  }

  @Test
  void callsOnWhatACallReturnsRunInOrder() {
    try (Tally tally = api.tally(4)) {
      RpcPromise<Integer> first = tally.addLater(1);
      RpcPromise<Integer> second = tally.addLater(4);
      assertThat(second.join()).isEqualTo(9);
      assertThat(first.join()).isEqualTo(5);
      assertThat(tally.sum()).isEqualTo(9);
    }
  }

  @Test
  void theOrderHoldsAcrossMethodsAndObjects() {
    Marker marker = api.marker();
    List<RpcPromise<Integer>> all =
        List.of(api.mark(1), marker.one(2), marker.other(3), marker.one(4), api.mark(5));
    all.forEach(RpcPromise::join);
    // The marker's own calls are in order; those of the main object need not wait for it.
    assertThat(api.marks())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5)
        .containsSubsequence(1, 5)
        .containsSubsequence(2, 3, 4);
  }

  @Test
  void aFailureReachesWhatIsBuiltOnIt() {
    WorkerRpcException onObject =
        catchThrowableOfType(
            WorkerRpcException.class, () -> api.failsToGiveOne().addLater(1).join());
    assertThat(onObject.remoteMessage()).isEqualTo("out of reach");
    WorkerRpcException asArgument =
        catchThrowableOfType(WorkerRpcException.class, () -> api.twiceOf(api.fails()).join());
    assertThat(asArgument.remoteType()).isEqualTo("RangeError");
    RpcPromise<Integer> unread = api.fails();
    assertThat(unread).isNotNull();
    assertThat(api.twice(1)).isEqualTo(2);
  }

  @Test
  void theWorkersObjectsAreGivenBackToIt() {
    try (Tally tally = api.tally(4)) {
      assertThat(api.addTo(tally, 1)).isEqualTo(5);
      assertThat(api.addTo(tally, 4)).isEqualTo(9);
    }
    assertThat(api.addTo(api.tally(1), 2)).isEqualTo(3);
    assertThat(api.doubleBy(api, 4)).isEqualTo(8);
  }

  @Test
  void anObjectOfAnotherSessionIsRefused() {
    try (RpcSession other = Rpc.session(client.service("API"));
        Tally tally = other.of(Api.class).tally(1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> api.addTo(tally, 1));
    }
  }

  @Test
  void closingAnObjectDisposesOfItOnce() {
    int before = api.disposed();
    Tally tally = api.tally(1);
    assertThat(tally.sum()).isEqualTo(1);
    assertThat(api.disposed()).isEqualTo(before);
    tally.close();
    tally.close();
    assertThat(api.disposed()).isEqualTo(before + 1);
    assertThatIllegalStateException().isThrownBy(tally::sum);
  }

  @Test
  void anObjectThatStandsInAResultThreeTimesIsDisposedOfThreeTimes() {
    int before = api.disposed();
    List<Held> three = api.threeTallies();
    three.get(0).tally().add(1);
    assertThat(three.get(2).tally().sum()).isEqualTo(1);
    three.get(0).tally().close();
    assertThat(three.get(1).tally().sum()).isEqualTo(1);
    three.get(1).tally().close();
    three.get(2).tally().close();
    assertThat(api.disposed()).isEqualTo(before + 3);
  }

  @Test
  void theResultOfACancelledCallIsDisposedOf() {
    int before = api.disposed();
    CompletableFuture<Held> cancelled = api.lateTally(50, 1);
    assertThat(cancelled.cancel(true)).isTrue();
    while (api.disposed() == before) { // The test has its own timeout.
      Thread.onSpinWait();
    }
    assertThat(api.disposed()).isEqualTo(before + 1);
  }

  @Test
  void theEndOfTheSessionDisposesOfItsObjects() {
    int before = api.disposed();
    try (RpcSession other = Rpc.session(client.service("API"))) {
      assertThat(other.of(Api.class).tally(1).sum()).isEqualTo(1);
    }
    while (api.disposed() == before) { // The test has its own timeout.
      Thread.onSpinWait();
    }
  }

  @Test
  void anArgumentsObjectIsClosedAfterItsCall() throws Exception {
    Visitor visitor = new Visitor();
    assertThat(api.visit(visitor))
        .containsExactly("x-visitor", "later 3", "TypeError: 'secret' is not a function.", "badge");
    assertThat(visitor.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anObjectThatTheWorkerKeepsIsClosedWhenItLetsGo() throws Exception {
    Visitor visitor = new Visitor();
    api.keepGuest(visitor);
    assertThat(api.twice(1)).isEqualTo(2);
    assertThat(visitor.closed.getCount()).isEqualTo(1);
    api.dropGuest();
    assertThat(visitor.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theEndOfTheSessionClosesWhatTheWorkerKeeps() throws Exception {
    Visitor visitor = new Visitor();
    try (RpcSession other = Rpc.session(client.service("API"))) {
      other.of(Api.class).keepGuest(visitor);
    }
    assertThat(visitor.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void functionsOfTheApplicationAreCalled() {
    assertThat(api.applyTwice(number -> number * number, 3)).containsExactly(9, 16);
    assertThat(
            api.applyTwiceLater(number -> CompletableFuture.supplyAsync(() -> number * number), 3))
        .containsExactly(9, 16);
    WorkerRpcException e =
        catchThrowableOfType(
            WorkerRpcException.class,
            () ->
                api.applyTwice(
                    number -> {
                      throw new IllegalStateException("not " + number);
                    },
                    3));
    assertThat(e.remoteMessage()).isEqualTo("not 3");
  }

  @Test
  void anObjectThatTheWorkerGivesBackIsTheSame() {
    Square square = number -> number * number;
    assertThat(api.same(square).object()).isSameAs(square);
  }

  @Test
  void aFunctionIsMappedOverArraysAndLeavesNullAlone() {
    assertThat(api.nothing().mapPromise(Integer.class, api::twiceOf).join()).isNull();
    assertThat(api.missing().mapPromise(Integer.class, api::twiceOf).join()).isNull();
    assertThat(api.first(0).mapPromise(Integer.class, api::twiceOf).join()).isEmpty();
    assertThat(api.first(1).mapPromise(Integer.class, api::twiceOf).join()).containsExactly(2);
    if (!at.equals(OLDEST)) { // It disposes of what a function captured after one element.
      assertThat(api.first(3).mapPromise(Integer.class, api::twiceOf).join())
          .containsExactly(2, 4, 6);
    }
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                api.first(3)
                    .mapPromise(
                        Integer.class, one -> api.first(2).mapPromise(Integer.class, api::twiceOf)))
        .withMessageContaining("a map(…) within another");
  }

  @Test
  void errorsKeepTheirNameAndMessage() {
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api.fails().join());
    assertThat(e.remoteType() + ": " + e.remoteMessage()).isEqualTo("RangeError: out of reach");
    assertThat(e.properties()).isEmpty();
  }

  @Test
  void errorsKeepTheirPropertiesAndCauses() {
    if (at.equals(OLDEST)) { // It sends the name and the message alone.
      return;
    }
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, api::failsRichly);
    assertThat(e.properties())
        .containsEntry("code", "E_RICH")
        .containsEntry("details", Map.of("why", List.of(1, 2)))
        .containsEntry("when", Instant.ofEpochMilli(1234))
        .hasEntrySatisfying(
            "cause",
            cause ->
                assertThat(cause)
                    .isEqualTo(Map.of("name", "TypeError", "message", "inner", "cause", "text")));
    WorkerRpcException both = catchThrowableOfType(WorkerRpcException.class, api::failsTogether);
    assertThat(both.remoteType()).isEqualTo("AggregateError");
    assertThat(both.properties().get("errors"))
        .isEqualTo(
            List.of(
                Map.of("name", "TypeError", "message", "one"),
                Map.of("name", "RangeError", "message", "two")));
    assertThat(api.errorInside().get("wrapped"))
        .isEqualTo(Map.of("name", "TypeError", "message", "inside", "code", 7));
  }

  @Test
  void anErrorIsReadThoughAPropertyIsNotData() {
    WorkerRpcException asked =
        catchThrowableOfType(WorkerRpcException.class, api::failsWithRequest);
    assertThat(asked.remoteMessage()).isEqualTo("asked");
    WorkerRpcException holds = catchThrowableOfType(WorkerRpcException.class, api::failsWithObject);
    assertThat(holds.remoteMessage()).isEqualTo("holds");
    assertThat(holds.properties()).doesNotContainKey("tally");
  }

  @Test
  void whatCannotBeSentFailsThatCallAlone() {
    WorkerException result = catchThrowableOfType(WorkerException.class, api::returnsMap);
    assertThat(result).hasMessageContaining("Cannot serialize value");
    assertThat(api.absent()).isNull();
    assertThat(api.twice(1)).isEqualTo(2);
  }

  interface Reserved {
    void toJSON();
  }

  @Test
  void namesThatEveryObjectHasAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.of(Reserved.class))
        .withMessageContaining("toJSON");
  }
}
