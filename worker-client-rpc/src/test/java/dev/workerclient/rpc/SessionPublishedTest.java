package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publishers of the application, which a Worker reads as ReadableStreams. */
@Timeout(60)
class SessionPublishedTest {
  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    CompletableFuture<String> take(Flow.Publisher<Object> values);

    CompletableFuture<String> page(Page page);

    void lists(Flow.Publisher<Object> values, Map<String, String> options);
  }

  record Page(String title, Flow.Publisher<Item> items) {}

  record Item(int id) {}

  /** Publishes that; the test calls the subscriber for anything else. */
  private static final class Source implements Flow.Publisher<Object>, Flow.Subscription {
    final CompletableFuture<Flow.Subscriber<? super Object>> subscriber = new CompletableFuture<>();
    final BlockingQueue<Long> wanted = new LinkedBlockingQueue<>();
    final CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public void subscribe(Flow.Subscriber<? super Object> by) {
      by.onSubscribe(this);
      subscriber.complete(by);
    }

    Flow.Subscriber<? super Object> subscriber() throws Exception {
      return subscriber.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void request(long count) {
      wanted.add(count);
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    boolean isCancelled() throws InterruptedException {
      return cancelled.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void elementsAreAskedForAndSentOneByOne() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      Source source = new Source();
      CompletableFuture<String> unused = session.of(Api.class).take(source);
      assertThat(List.of(server.message(), server.message()))
          .containsExactly(
              "[\"pipe\"]", "[\"stream\",[\"pipeline\",0,[\"take\"],[[\"readable\",1]]]]");
      Flow.Subscriber<? super Object> to = source.subscriber();
      assertThat(source.wanted.take()).isEqualTo(1);
      to.onNext(new Item(7));
      assertThat(server.message())
          .isEqualTo("[\"stream\",[\"pipeline\",1,[\"write\"],[{\"id\":7}]]]");
      assertThat(source.wanted.take()).isEqualTo(1);
      to.onNext(List.of("text"));
      assertThat(server.message())
          .isEqualTo("[\"stream\",[\"pipeline\",1,[\"write\"],[[[\"text\"]]]]]");
      to.onComplete();
      assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
      assertThat(source.cancelled.getCount()).isEqualTo(1);
    }
  }

  @Test
  void aRecordMayHoldOne() throws Exception {
    try (RpcSession session = Rpc.session(server.service());
        SubmissionPublisher<Item> items = new SubmissionPublisher<>()) {
      CompletableFuture<String> unused = session.of(Api.class).page(new Page("first", items));
      drain(1);
      assertThat(server.message()).contains("{\"title\":\"first\",\"items\":[\"readable\",1]}");
      while (!items.hasSubscribers()) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      items.submit(new Item(1));
      assertThat(server.message()).contains("[{\"id\":1}]");
    }
  }

  @Test
  void aPublisherGoesNoFurtherThanAWindowAhead() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      String text = "x".repeat(64 * 1024);
      IteratorPublisher<Object> endless =
          new IteratorPublisher<>(Stream.<Object>generate(() -> text).iterator());
      CompletableFuture<String> unused = session.of(Api.class).take(endless);
      drain(2);
      List<String> writes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writes.add(server.message());
      }
      assertThat(writes).allMatch(each -> each.contains("write"));
      server.send("[\"resolve\",3,[\"undefined\"]]"); // The Worker takes the first.
      assertThat(server.message()).contains("write");
      server.send("[\"resolve\",4,[\"undefined\"]]");
      server.send("[\"resolve\",5,[\"undefined\"]]");
      assertThat(server.message() + server.message()).contains("write");
      assertThat(endless.published).hasValue(7);
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void anErrorFailsTheWorkersStreamWithoutItsMessage() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      Source source = new Source();
      CompletableFuture<String> unused = session.of(Api.class).take(source);
      drain(2);
      source.subscriber().onError(new IllegalStateException("secret"));
      assertThat(server.message())
          .isEqualTo(
              "[\"stream\",[\"pipeline\",1,[\"abort\"],[[\"error\",\"Error\",\"the client could"
                  + " not read the stream\"]]]]");
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
    }
  }

  @Test
  void aPublisherThatThrowsFailsTheWorkersStream() {
    try (RpcSession session = Rpc.session(server.service())) {
      CompletableFuture<String> unused =
          session
              .of(Api.class)
              .take(
                  subscriber -> {
                    throw new IllegalStateException("secret");
                  });
      drain(2);
      assertThat(server.message()).contains("abort").doesNotContain("secret");
    }
  }

  @Test
  void aWorkerThatTakesNoMoreCancelsThePublisher() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      Source source = new Source();
      CompletableFuture<String> unused = session.of(Api.class).take(source);
      drain(2);
      source.subscriber().onNext("first");
      drain(1);
      server.send("[\"reject\",3,[\"error\",\"Error\",\"enough\"]]");
      assertThat(source.isCancelled()).isTrue();
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
      source.subscriber().onNext("second");
      source.subscriber().onComplete();
      assertThat(server.hasMessage()).isFalse();
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void theEndOfTheSessionCancelsThePublisher() throws Exception {
    RpcSession session = Rpc.session(server.service());
    Source source = new Source();
    CompletableFuture<String> unused = session.of(Api.class).take(source);
    assertThat(source.wanted.take()).isEqualTo(1);
    session.close();
    assertThat(source.isCancelled()).isTrue();
  }

  @Test
  void aNullElementFailsTheStream() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      Source source = new Source();
      CompletableFuture<String> unused = session.of(Api.class).take(source);
      drain(2);
      Flow.Subscriber<? super Object> to = source.subscriber();
      Object none = Arrays.asList(new Object[1]).get(0);
      assertThatNullPointerException().isThrownBy(() -> to.onNext(none));
      assertThat(server.message()).contains("abort");
      assertThat(source.isCancelled()).isTrue();
    }
  }

  @Test
  void anElementWithoutAFormFailsTheStream() throws Exception {
    try (RpcSession session = Rpc.session(server.service())) {
      for (Object element :
          List.of(InputStream.nullInputStream(), new Source(), Map.of("toString", 1))) {
        Source source = new Source();
        CompletableFuture<String> unused = session.of(Api.class).take(source);
        drain(2);
        source.subscriber().onNext(element);
        assertThat(server.message()).contains("abort");
        drain(1);
        assertThat(source.isCancelled()).isTrue();
      }
    }
  }

  @Test
  void nobodySubscribesForACallThatIsRefused() {
    try (RpcSession session = Rpc.session(server.service())) {
      Source source = new Source();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.of(Api.class).lists(source, Map.of("constructor", "x")));
      assertThat(server.message()).isEqualTo("[\"pipe\"]");
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
      assertThat(source.subscriber).isNotDone();
    }
  }

  interface Batched {
    void page(Page page);
  }

  @Test
  void aBatchCarriesNone() {
    Source source = new Source();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Rpc.of(server.service(), Batched.class).page(new Page("x", items(source))))
        .withMessageContaining("an RPC argument is a")
        .withMessageContaining("which a session alone can send; open one by Rpc.session(service)");
    assertThat(source.subscriber).isNotDone();
    assertThat(server.requests()).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static Flow.Publisher<Item> items(Flow.Publisher<?> publisher) {
    return (Flow.Publisher<Item>) publisher;
  }

  private void drain(int messages) {
    for (int i = 0; i < messages; i++) {
      assertThat(server.message()).isNotEmpty();
    }
  }
}
