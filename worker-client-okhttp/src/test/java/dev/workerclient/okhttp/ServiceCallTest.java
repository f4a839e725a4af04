package dev.workerclient.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of OkHttp's Call. */
@Timeout(30)
class ServiceCallTest {
  private final MockWorkers workers = MockWorkers.start();
  private final MockRoute binding = workers.service("ORDERS").binding();
  private final WorkerClient client = workers.client();

  @AfterEach
  void nothingIsLeftOver() {
    workers.verify();
    workers.close();
  }

  private Call call(Request.Builder request) {
    return new WorkerCallFactory(client.service("ORDERS")).newCall(request.build());
  }

  private static Request.Builder get() {
    return new Request.Builder().url("http://orders/v1/orders/7#part");
  }

  /** What a callback was called with. */
  private static final class Heard implements Callback {
    final CompletableFuture<Response> answer = new CompletableFuture<>();

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      answer.complete(response);
    }
  }

  @Test
  void aResponseTellsWhatOkHttpsDoes() throws IOException {
    binding.answers(MockAnswer.json("{}").withStatus(201).withHeader("ETag", "x"));
    Call call = call(get().tag(String.class, "mine"));

    assertThat(call.isExecuted()).isFalse();
    try (Response response = call.execute()) {
      assertThat(response.request()).isSameAs(call.request());
      assertThat(response.code()).isEqualTo(201);
      assertThat(response.message()).isEmpty();
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_1_1);
      assertThat(response.header("etag")).isEqualTo("x");
      assertThat(response.body().contentType()).hasToString("application/json");
      assertThat(response.body().contentLength()).isEqualTo(2);
      assertThat(response.body().string()).isEqualTo("{}");
    }
    assertThat(call.isExecuted()).isTrue();
    assertThat(binding.requests().get(0).path()).isEqualTo("/v1/orders/7");
  }

  @Test
  void aCallIsExecutedOnceAndItsCloneToo() throws IOException {
    binding.answers(MockAnswer.text(""));
    Call call = call(get());
    call.execute().close();

    assertThatIllegalStateException().isThrownBy(call::execute);
    assertThatIllegalStateException().isThrownBy(() -> call.enqueue(new Heard()));
    call.clone().execute().close();

    assertThat(binding.requests()).hasSize(2);
  }

  @Test
  void tagsAreTheRequestsAndThoseThatWereComputed() {
    Call call = call(get().tag(String.class, "mine"));

    assertThat(call.tag(String.class)).isEqualTo("mine");
    assertThat(call.tag(String.class, () -> "other")).isEqualTo("mine");
    assertThat(call.tag(Integer.class)).isNull();
    assertThat(call.tag(Integer.class, () -> 7)).isEqualTo(7);
    assertThat(call.tag(Integer.class, () -> 8)).isEqualTo(7);
    assertThat(call.tag(Integer.class)).isEqualTo(7);
    assertThat(call.clone().tag(Integer.class)).isNull();
  }

  @Test
  void anotherThreadEndsABlockingCall() throws Exception {
    Call call = call(get());
    binding.answers(
        request -> {
          call.cancel();
          return MockAnswer.text("").withDelay(java.time.Duration.ofSeconds(20));
        });

    assertThat(catchThrowableOfType(WorkerIOException.class, call::execute).failure())
        .isInstanceOf(WorkerCancelledException.class);
    assertThat(call.isCanceled()).isTrue();
  }

  @Test
  void aCancelledCallSendsNothing() {
    Call call = call(get());
    call.cancel();

    assertThat(catchThrowableOfType(WorkerIOException.class, call::execute).failure())
        .isInstanceOf(WorkerCancelledException.class);
    assertThat(binding.requests()).isEmpty();
  }

  @Test
  void aCancelEndsAnEnqueuedCall() throws Exception {
    Heard heard = new Heard();
    Call call = call(get());
    binding.answers(
        request -> {
          call.cancel();
          return MockAnswer.text("").withDelay(java.time.Duration.ofSeconds(20));
        });

    call.enqueue(heard);

    assertThat(heard.answer)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .havingCause()
        .isInstanceOf(IOException.class)
        .withMessage("Canceled");
  }

  @Test
  void aCancelEndsABodyThatIsBeingRead() throws Exception {
    binding.answers(MockAnswer.text("x".repeat(1_000)).stalledAfter(10));
    Call call = call(get());
    Heard heard = new Heard();
    call.enqueue(heard);

    try (Response response = heard.answer.get(10, TimeUnit.SECONDS)) {
      response.body().source().skip(10);
      CompletableFuture<Void> later = CompletableFuture.runAsync(call::cancel);
      assertThat(catchThrowableOfType(IOException.class, () -> response.body().source().readByte()))
          .isNotNull();
      later.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aTimeoutLimitsTheCall() {
    binding.fails(Fault.hang());
    Call call = call(get());
    call.timeout().timeout(100, TimeUnit.MILLISECONDS);

    WorkerIOException thrown = catchThrowableOfType(WorkerIOException.class, call::execute);

    assertThat(thrown.failure())
        .isInstanceOfSatisfying(
            WorkerTimeoutException.class,
            failure -> assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.CALL));
  }

  @Test
  void aCallbackThatThrowsLosesNoConnection() throws Exception {
    binding.answers(MockAnswer.text("x"));
    CompletableFuture<Response> heard = new CompletableFuture<>();
    call(get())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                heard.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                response.close();
                heard.complete(response);
                throw new IOException("the application's");
              }
            });

    assertThat(heard.get(10, TimeUnit.SECONDS).code()).isEqualTo(200);
  }

  @Test
  void aDuplexBodyIsRefused() {
    RequestBody duplex =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isDuplex() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) {}
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(get().post(duplex)))
        .withMessageContaining("duplex");
  }
}
