package dev.workerclient.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.adapters.Exchange.Received;
import dev.workerclient.adapters.Exchange.Sent;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same scenarios through every adapter. Each test ends with the mock's own check: no request
 * that was not scripted, and no response left open.
 */
@Timeout(30)
class AdaptersTest {
  private final MockWorkers workers = MockWorkers.start();
  private final MockRoute binding = workers.service("ORDERS").binding();
  private final MockRoute domain = workers.service("ORDERS").customDomain();
  private final WorkerClient client = workers.builder().maxResponseBytes(1024 * 1024).build();
  private final WorkerService orders = client.service("ORDERS");

  @AfterEach
  void nothingIsLeftOver() {
    workers.verify();
    client.close();
    workers.close();
  }

  private WorkerException failureOf(Adapter adapter, Sent request) {
    return adapter.failure(catchThrowable(() -> adapter.send(orders, request)));
  }

  @ParameterizedTest
  @EnumSource
  void aPostThatMayHaveRunIsNotSentAgain(Adapter adapter) {
    binding.fails(Fault.resetBeforeAnswer());

    WorkerException failure = failureOf(adapter, Sent.post("{}"));

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(binding.requests()).hasSize(1);
    assertThat(domain.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPostThatDidNotRunGoesToTheNextRoute(Adapter adapter) throws IOException {
    binding.fails(Fault.bindingMissing());
    domain.answers(MockAnswer.json("{}"));

    assertThat(adapter.send(orders, Sent.post("{\"id\":7}")).status()).isEqualTo(200);

    assertThat(binding.requests())
        .extracting(RecordedRequest::string)
        .containsExactly("{\"id\":7}");
    assertThat(domain.requests()).extracting(RecordedRequest::string).containsExactly("{\"id\":7}");
  }

  @ParameterizedTest
  @EnumSource
  void anIdempotencyKeyMakesAPostRepeatable(Adapter adapter) throws IOException {
    binding.fails(Fault.dispatchMismatch());
    domain.answers(MockAnswer.json("{}"));

    Sent request = Sent.post("{}").with("idempotency-KEY", "order-7");
    assertThat(adapter.send(orders, request).status()).isEqualTo(200);

    for (MockRoute route : List.of(binding, domain)) {
      assertThat(route.requests()).hasSize(1);
      assertThat(route.requests().get(0).headers())
          .containsEntry("idempotency-key", List.of("order-7"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGetFallsBackWhateverIsKnown(Adapter adapter) throws IOException {
    binding.fails(Fault.resetBeforeAnswer());
    domain.answers(MockAnswer.text("seven"));

    assertThat(adapter.send(orders, Sent.get("/v1/orders/7")).body()).isEqualTo("seven");
  }

  @ParameterizedTest
  @EnumSource(names = {"SPRING", "OKHTTP"}) // Feign's bodies are bytes.
  void aOneShotBodyIsSentOnce(Adapter adapter) {
    binding.fails(Fault.bindingMissing());

    WorkerException failure = failureOf(adapter, Sent.post("{}").once());

    assertThat(failure).isInstanceOf(BindingNotFoundException.class);
    assertThat(binding.requests()).hasSize(1);
    assertThat(domain.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a503WithRetryAfterIsAnAnswerToAPost(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.text("later").withStatus(503).withHeader("Retry-After", "0"));

    assertThat(adapter.send(orders, Sent.post("{}")).status()).isEqualTo(503);

    assertThat(binding.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "SPRING, 404", "SPRING, 500", "SPRING, 301",
    "OKHTTP, 404", "OKHTTP, 500", "OKHTTP, 301",
    "FEIGN, 404", "FEIGN, 500", "FEIGN, 301"
  })
  void anyStatusIsAnAnswer(Adapter adapter, int status) throws IOException {
    binding.answers(
        MockAnswer.text("so")
            .withStatus(status)
            .withHeader("Location", "https://elsewhere.example"));

    Received received = adapter.send(orders, Sent.get("/"));

    assertThat(received.status()).isEqualTo(status);
    assertThat(received.body()).isEqualTo("so");
    assertThat(binding.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerMayHaveNoBody(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.status(204));

    assertThat(adapter.send(orders, Sent.get("/")).body()).isEmpty();
    assertThat(adapter.send(orders, new Sent("HEAD", "/", Map.of(), null, false)).body()).isEmpty();
    assertThat(adapter.send(orders, new Sent("DELETE", "/", Map.of(), null, false)).status())
        .isEqualTo(204);

    assertThat(binding.requests())
        .extracting(RecordedRequest::method)
        .containsExactly("GET", "HEAD", "DELETE");
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyBodyIsSentAsOne(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.status(204));

    assertThat(adapter.send(orders, Sent.post("")).status()).isEqualTo(204);

    assertThat(binding.requests().get(0).header("Content-Length")).isEqualTo("0");
    assertThat(binding.requests().get(0).bytes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aContentTypeIsSentOnceAndAsItIs(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.status(204));
    String type = "text/csv;charset=UTF-8; header=present";

    assertThat(adapter.send(orders, Sent.post("a,b").with("Content-Type", type)).status())
        .isEqualTo(204);

    assertThat(binding.requests().get(0).headers()).containsEntry("content-type", List.of(type));
    assertThat(binding.requests().get(0).header("Content-Length")).isEqualTo("3");
  }

  @ParameterizedTest
  @EnumSource
  void aHeaderMayHaveSeveralValuesBothWays(Adapter adapter) throws IOException {
    binding.answers(
        MockAnswer.text("").withHeader("Set-Cookie", "a=1").withHeader("Set-Cookie", "b=2"));

    Received received = adapter.send(orders, Sent.get("/").with("X-Tag", "one", "two, three"));

    assertThat(binding.requests().get(0).headers())
        .containsEntry("x-tag", List.of("one", "two, three"));
    assertThat(received.headers()).containsEntry("set-cookie", List.of("a=1", "b=2"));
  }

  @ParameterizedTest
  @EnumSource
  void anEncodedPathIsSentAsItIs(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.text(""));
    String path = "/v1/a%2Fb/%C3%BC+%20c;d=e?q=a%2Bb+c%20d&q=2&empty=&%C3%A4";

    assertThat(adapter.send(orders, Sent.get(path)).status()).isEqualTo(200);

    assertThat(binding.requests()).extracting(RecordedRequest::path).containsExactly(path);
  }

  @ParameterizedTest
  @EnumSource
  void anotherHostIsRefusedAndNothingIsSent(Adapter adapter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adapter.send(orders, Sent.get(".example.com/")))
        .withMessageContaining("write http://orders as the base URL");
  }

  @ParameterizedTest
  @EnumSource
  void gzipIsDecoded(Adapter adapter) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    binding.answers(
        MockAnswer.text("").withHeader("Content-Encoding", "gzip").withBody(zipped.toByteArray()));

    Received received = adapter.send(orders, Sent.get("/"));

    assertThat(received.body()).isEqualTo("hello");
    assertThat(received.headers()).doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @EnumSource
  void aStreamMayBeLargerThanAResponseThatIsKept(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.text("").withBody(new byte[8 * 1024 * 1024]));

    try (InputStream export = adapter.stream(orders, "/export")) {
      assertThat(export.transferTo(java.io.OutputStream.nullOutputStream()))
          .isEqualTo(8 * 1024 * 1024);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatIsClosedEarlyLeavesNothingOpen(Adapter adapter) throws IOException {
    binding.answers(MockAnswer.text("").withBody(new byte[8 * 1024 * 1024]));

    InputStream export = adapter.stream(orders, "/export");
    assertThat(export.read()).isZero();
    export.close();

    workers.verify();
  }
}
