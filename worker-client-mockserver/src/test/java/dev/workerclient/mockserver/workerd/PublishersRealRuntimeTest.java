package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.rpc.RpcSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of objects, with a Java object behind MockWorkers and with the official library. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("ways")
class PublishersRealRuntimeTest {
  private static final int MANY = 10_000;

  /** Of elements of a kilobyte, with windows of 256 KiB; capnweb's own grows with the network. */
  private static final int MOST_AHEAD = 2_000;

  private final Way way;
  private final RpcSession session;
  private final Api api;

  PublishersRealRuntimeTest(Supplier<Way> way) {
    this.way = way.get();
    this.session =
        RpcSession.builder(this.way.client.service("API"))
            .callTimeout(Duration.ofSeconds(60))
            .open();
    this.api = session.of(Api.class);
  }

  /** A client of what serves the session, and what stops that. */
  private record Way(WorkerClient client, Runnable stop) {}

  static Stream<Named<Supplier<Way>>> ways() {
    return Stream.concat(
        Stream.of(Named.of("MockWorkers", PublishersRealRuntimeTest::mock)),
        Installed.all()
            .flatMap(
                runtime ->
                    Stream.of("direct-capnweb", "direct-capnweb-oldest")
                        .map(
                            library ->
                                Named.of(runtime + ", " + library, () -> real(runtime, library)))));
  }

  private static Way mock() {
    MockWorkers workers = MockWorkers.start();
    workers.service("API").rpc(new FakeApi()).customDomain();
    return new Way(workers.client(), workers::close);
  }

  private static Way real(Installed runtime, String library) {
    WorkerClient client = RpcFleet.on(runtime).direct(library).build();
    return new Way(client, client::close);
  }

  @AfterEach
  void close() {
    session.close();
    way.stop.run();
  }

  interface Api {
    Flow.Publisher<Item> feed(int count, int failAt);

    State feedState();

    long sum(Flow.Publisher<Item> items, Progress progress);

    List<Integer> numbersOf(Flow.Publisher<Item> items, int count);

    Flow.Publisher<String> textStream(int chunks);

    Flow.Publisher<byte[]> bytes(int chunks, int size);
  }

  record Item(int number, String text) {
    static Item of(int number) {
      return new Item(number, "x".repeat(1000));
    }
  }

  record State(int made, boolean cancelled) {}

  @FunctionalInterface
  interface Progress {
    void read(int count);
  }

  @Test
  void objectsTextAndBytesArrive() throws Exception {
    assertThat(read(api.feed(3, -1), 0)).containsExactly(Item.of(0), Item.of(1), Item.of(2));
    assertThat(read(api.textStream(2), 0)).containsExactly("chunk-0", "chunk-1");
    assertThat(read(api.bytes(3, 100_000), 0)).hasSize(3).allMatch(each -> each.length == 100_000);
    assertThat(read(api.feed(0, -1), 0)).isEmpty();
  }

  private static <T> List<T> read(Flow.Publisher<T> publisher, int most) throws Exception {
    return Reader.read(publisher, most).get(30, TimeUnit.SECONDS);
  }

  @Test
  void aSlowSubscriberSlowsTheWorker() throws Exception {
    AtomicInteger ahead = new AtomicInteger();
    Reader<Item> slow =
        new Reader<>(
            0,
            count -> {
              if (count % 500 == 0) {
                ahead.accumulateAndGet(api.feedState().made() - count, Math::max);
              }
            });
    api.feed(MANY, -1).subscribe(slow);
    assertThat(slow.all.get(60, TimeUnit.SECONDS)).hasSize(MANY);
    assertThat(ahead.get()).isBetween(1, MOST_AHEAD);
  }

  @Test
  void aSlowWorkerSlowsThePublisher() {
    CountingPublisher<Item> items = new CountingPublisher<>(MANY, -1, Item::of);
    AtomicInteger ahead = new AtomicInteger();
    long sum = api.sum(items, count -> ahead.accumulateAndGet(items.made.get() - count, Math::max));
    assertThat(sum).isEqualTo(IntStream.range(0, MANY).asLongStream().sum());
    assertThat(ahead.get()).isBetween(1, MOST_AHEAD);
  }

  @Test
  void aSubscriberThatCancelsEndsTheWorkersStream() throws Exception {
    assertThat(read(api.feed(MANY, -1), 5)).hasSize(5);
    while (!api.feedState().cancelled()) { // The test has its own timeout.
      Thread.onSpinWait();
    }
    assertThat(api.feedState().made()).isLessThan(MOST_AHEAD);
  }

  @Test
  void anErrorOfTheWorkersStreamReachesTheSubscriber() {
    CompletableFuture<List<Item>> read = Reader.read(api.feed(MANY, 3), 0);
    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> read.get(30, TimeUnit.SECONDS));
    assertThat(e).hasCauseInstanceOf(WorkerRpcException.class);
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void aWorkerThatReadsNoFurtherCancelsThePublisher() throws Exception {
    CountingPublisher<Item> items = new CountingPublisher<>(MANY, -1, Item::of);
    assertThat(api.numbersOf(items, 3)).containsExactly(0, 1, 2);
    assertThat(items.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(items.made.get()).isLessThan(MANY);
  }

  @Test
  void anErrorOfThePublisherFailsTheWorkersStreamWithoutItsMessage() {
    CountingPublisher<Item> items = new CountingPublisher<>(MANY, 3, Item::of);
    WorkerRpcException e =
        catchThrowableOfType(WorkerRpcException.class, () -> api.sum(items, count -> {}));
    assertThat(e.remoteMessage()).isEqualTo("the client could not read the stream");
    assertThat(session.isOpen()).isTrue();
  }

  /** The Worker of {@code capnweb-api.js} as a test plays it. */
  private static final class FakeApi implements Api {
    private volatile @Nullable CountingPublisher<Item> feed;

    @Override
    public Flow.Publisher<Item> feed(int count, int failAt) {
      CountingPublisher<Item> made = new CountingPublisher<>(count, failAt, Item::of);
      feed = made;
      return made;
    }

    @Override
    public State feedState() {
      CountingPublisher<Item> made = feed;
      return made == null
          ? new State(0, false)
          : new State(made.made.get(), made.cancelled.getCount() == 0);
    }

    @Override
    public long sum(Flow.Publisher<Item> items, Progress progress) {
      Reader<Item> reader =
          new Reader<>(
              0,
              count -> {
                if (count % 500 == 0) {
                  progress.read(count);
                }
              });
      items.subscribe(reader);
      return reader.all.join().stream().mapToLong(Item::number).sum();
    }

    @Override
    public List<Integer> numbersOf(Flow.Publisher<Item> items, int count) {
      return Reader.read(items, count).join().stream().map(Item::number).toList();
    }

    @Override
    public Flow.Publisher<String> textStream(int chunks) {
      return new CountingPublisher<>(chunks, -1, number -> "chunk-" + number);
    }

    @Override
    public Flow.Publisher<byte[]> bytes(int chunks, int size) {
      return new CountingPublisher<>(chunks, -1, number -> new byte[size]);
    }
  }
}
