package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** The Reactive Streams TCK for both ends of a stream in a session over a real WebSocket. */
class PublisherRulesTest {
  private static final MockWebServer SERVER = new MockWebServer();
  private static WorkerClient client;
  private static RpcSession session;

  interface Numbers {
    Flow.Publisher<Long> upTo(long count);

    Flow.Publisher<Long> failing();

    Flow.Publisher<String> texts();
  }

  /** Its publishers are as simple as can be: all that is asked for comes within the call. */
  private static final class FakeNumbers implements Numbers {
    @Override
    public Flow.Publisher<Long> upTo(long count) {
      return new IteratorPublisher<>(LongStream.range(0, count).boxed().iterator());
    }

    @Override
    public Flow.Publisher<Long> failing() {
      return new IteratorPublisher<>(
          Stream.<Long>generate(
                  () -> {
                    throw new IllegalStateException("the secret reason");
                  })
              .iterator());
    }

    /** Of which few are on their way at a time. */
    @Override
    public Flow.Publisher<String> texts() {
      return new IteratorPublisher<>(Stream.generate(() -> "x".repeat(16 * 1024)).iterator());
    }
  }

  @BeforeAll
  static void open() throws IOException {
    SERVER.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                .webSocketUpgrade(
                    new ServedSession(
                        "API", "custom-domain", new FakeNumbers(), (method, arguments) -> {}))
                .build();
          }
        });
    SERVER.setServerSocketFactory(new PromptServerSockets());
    SERVER.start();
    client =
        WorkerClient.builder()
            .retry(RetryOptions.disabled())
            .service(
                "API",
                own ->
                    own.customDomain(
                        "http://127.0.0.1:" + SERVER.getPort(), domain -> domain.rpcPath("/api")))
            .build();
    session = Rpc.session(client.service("API"));
  }

  @AfterAll
  static void close() {
    session.close();
    client.close();
    SERVER.close();
  }

  /** The refusal comes while the next element is being sent. */
  @Test
  void aSessionOutlivesManyStreamsThatAreCancelledAsTheyArePublished() throws Exception {
    Numbers numbers = session.of(Numbers.class);
    for (int i = 0; i < 300; i++) {
      Heard<String> heard = Heard.of(numbers.texts()).asks(1 + i % 50);
      assertThat(heard.next()).isNotNull();
      heard.subscription().cancel();
    }
    assertThat(session.isOpen()).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> aStreamOfTheWorkerIsAPublisher() {
    return Tck.rules(OfResults.class, OfResults::new, OfResults::setUp, done -> {});
  }

  /** A result. */
  public static final class OfResults extends FlowPublisherVerification<Long> {
    OfResults() {
      super(new TestEnvironment(2000, 100));
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
      return session.of(Numbers.class).upTo(elements);
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
      return session.of(Numbers.class).failing();
    }
  }

  @TestFactory
  Stream<DynamicTest> anArgumentIsSubscribedTo() {
    return Tck.rules(
        OfArguments.class,
        OfArguments::new,
        one -> {
          one.startPublisherExecutorService();
          one.setUp();
        },
        OfArguments::shutdownPublisherExecutorService);
  }

  /** What the session subscribes with. */
  public static final class OfArguments extends FlowSubscriberBlackboxVerification<Object> {
    private final MemorySession memory = new MemorySession(Duration.ofSeconds(5));

    OfArguments() {
      super(new TestEnvironment(2000, 100));
    }

    @Override
    public Flow.Subscriber<Object> createFlowSubscriber() {
      ChunkSender pipe =
          new ChunkSender(memory.caller, memory.session.pipe(), Duration.ofSeconds(5));
      return new OutboundPublisher(memory.caller, pipe, subscriber -> {});
    }

    @Override
    public Object createElement(int element) {
      return element;
    }
  }
}
