package dev.workerclient.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.HttpException;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/** What Retrofit makes of the factory; the adapters' common scenarios are elsewhere. */
@Timeout(30)
class RetrofitTest {
  interface Orders {
    @GET("v1/orders/{id}?full=true")
    Call<ResponseBody> find(@Path("id") String id, @Query("tag") List<String> tags);

    @GET("v1/orders/{id}")
    CompletableFuture<ResponseBody> findLater(@Path("id") String id);

    @POST("/v1/orders")
    Call<Void> place(@Body RequestBody order, @Header("Idempotency-Key") String key);

    @POST("/v1/orders")
    Call<Void> place(@Body RequestBody order);

    @Streaming
    @GET("/v1/export")
    Call<ResponseBody> export();

    @HTTP(method = "DELETE", path = "/v1/orders/{id}")
    Call<Void> cancel(@Path("id") String id);

    @GET
    Call<ResponseBody> any(@Url String url);
  }

  private final MockWorkers workers = MockWorkers.start();
  private final MockRoute binding = workers.service("ORDERS").binding();
  private final MockRoute domain = workers.service("ORDERS").customDomain();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final WorkerClient client =
      workers
          .builder()
          .maxResponseBytes(1024 * 1024)
          .listener(
              new CallListener() {
                @Override
                public void callStarted(CallInfo call) {
                  operations.add(call.operation());
                }
              })
          .build();
  private final Orders orders =
      new Retrofit.Builder()
          .callFactory(new WorkerCallFactory(client.service("ORDERS")))
          .baseUrl("http://orders/")
          .build()
          .create(Orders.class);

  @AfterEach
  void nothingIsLeftOver() {
    workers.verify();
    client.close();
    workers.close();
  }

  private static RequestBody json(String json) {
    return RequestBody.create(json, MediaType.get("application/json"));
  }

  @Test
  void operationsAreNamedByTheAnnotation() throws IOException {
    binding.answers(MockAnswer.text("seven"));

    assertThat(orders.find("a/b", List.of("x", "ü")).execute().body().string()).isEqualTo("seven");
    assertThat(orders.cancel("7").execute().isSuccessful()).isTrue();
    assertThat(orders.any("v1/any").execute().isSuccessful()).isTrue();

    assertThat(operations)
        .containsExactly("GET /v1/orders/{id}", "DELETE /v1/orders/{id}", "GET /v1/any");
    assertThat(binding.requests().get(0).path())
        .isEqualTo("/v1/orders/a%2Fb?full=true&tag=x&tag=%C3%BC");
  }

  @Test
  void executeThrowsAnIOExceptionThatHasTheFailure() {
    binding.fails(Fault.error1042());
    domain.fails(Fault.error1042());

    WorkerIOException thrown =
        catchThrowableOfType(WorkerIOException.class, () -> orders.find("7", List.of()).execute());

    assertThat(thrown.failure()).isInstanceOf(Error1042Exception.class);
    assertThat(thrown).hasMessage(thrown.failure().getMessage()).hasCause(thrown.failure());
  }

  @Test
  void onFailureGetsTheSame() throws Exception {
    binding.fails(Fault.resetBeforeAnswer());
    CompletableFuture<Throwable> failed = new CompletableFuture<>();

    orders
        .place(json("{}"))
        .enqueue(
            new Callback<>() {
              @Override
              public void onResponse(Call<Void> call, Response<Void> response) {
                failed.complete(new AssertionError(response.toString()));
              }

              @Override
              public void onFailure(Call<Void> call, Throwable t) {
                failed.complete(t);
              }
            });

    assertThat(failed.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            WorkerIOException.class,
            thrown -> assertThat(thrown.failure().delivery()).isEqualTo(Delivery.UNKNOWN));
    assertThat(binding.requests()).hasSize(1);
    assertThat(domain.requests()).isEmpty();
  }

  @Test
  void aFutureFailsWithTheSame() {
    binding.fails(Fault.error1042());
    domain.fails(Fault.error1042());

    assertThat(catchThrowableOfType(ExecutionException.class, () -> orders.findLater("7").get()))
        .hasCauseInstanceOf(WorkerIOException.class);
  }

  @Test
  void aStatusIsRetrofitsToHandle() throws Exception {
    binding.answers(MockAnswer.text("no such order").withStatus(404));

    Response<ResponseBody> response = orders.find("7", List.of()).execute();
    assertThat(response.code()).isEqualTo(404);
    assertThat(response.errorBody().string()).isEqualTo("no such order");
    assertThat(catchThrowableOfType(ExecutionException.class, () -> orders.findLater("7").get()))
        .hasCauseInstanceOf(HttpException.class);
  }

  @Test
  void anIdempotencyKeyMakesAPostRepeatable() throws IOException {
    binding.fails(Fault.dispatchMismatch());
    domain.answers(MockAnswer.status(204));

    assertThat(orders.place(json("{\"id\":7}"), "order-7").execute().code()).isEqualTo(204);

    assertThat(domain.requests().get(0).header("Idempotency-Key")).isEqualTo("order-7");
    assertThat(domain.requests().get(0).string()).isEqualTo("{\"id\":7}");
    assertThat(domain.requests().get(0).header("Content-Type"))
        .isEqualTo("application/json; charset=utf-8");
  }

  /** Which a stream would be too late for. */
  @Test
  void aBodyThatBreaksIsAskedForAgain() throws IOException {
    binding.answers(MockAnswer.text("seven").brokenOffAfter(2));
    domain.answers(MockAnswer.text("seven"));

    assertThat(orders.find("7", List.of()).execute().body().string()).isEqualTo("seven");
  }

  @Test
  void aStreamingMethodGetsAStream() throws IOException {
    binding.answers(MockAnswer.text("").withBody(new byte[4 * 1024 * 1024]));

    try (ResponseBody export = orders.export().execute().body()) {
      export.source().skip(4 * 1024 * 1024);
      assertThat(export.source().exhausted()).isTrue();
    }
  }

  @Test
  void aStreamThatBreaksHasTheFailureToo() throws IOException {
    binding.answers(MockAnswer.text("").withBody(new byte[100_000]).brokenOffAfter(50_000));

    try (ResponseBody export = orders.export().execute().body()) {
      assertThat(catchThrowableOfType(WorkerIOException.class, export::bytes).failure())
          .isInstanceOf(WorkerConnectionException.class);
    }
  }

  @Test
  void anotherHostFailsTheCallBeforeAnythingIsSent() {
    assertThat(catchThrowable(() -> orders.any("https://elsewhere.example/x").execute()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write http://orders as the base URL");
    assertThat(operations).isEmpty();
  }
}
