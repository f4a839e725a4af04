package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dispatchMismatch;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerConnectionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What interceptors of a user's OkHttpClient can do, and what they can't make run twice. */
class InterceptorTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerService with(Interceptor interceptor) {
    return fleet.service(
        fleet
            .builder()
            .okHttpClient(new OkHttpClient.Builder().addInterceptor(interceptor).build()));
  }

  private static Interceptor repeatingOnFailure() {
    return chain -> {
      okhttp3.Response first = chain.proceed(chain.request());
      if (first.isSuccessful()) {
        return first;
      }
      first.close();
      return chain.proceed(chain.request());
    };
  }

  @Test
  void aRefusalThatFollowsARepeatIsNoProofThatNothingRan() {
    AtomicInteger asked = new AtomicInteger();
    fleet
        .proxy()
        .answers(request -> asked.getAndIncrement() == 0 ? dispatchMismatch() : bindingMissing());
    fleet.domain().answers(plain(200, "{}"));

    BindingNotFoundException failure =
        catchThrowableOfType(
            BindingNotFoundException.class,
            () -> with(repeatingOnFailure()).post("/v1/orders").execute());

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void whatIsHiddenFromOkHttpIsThereOnceForTheInterceptorAndForTheCaller() {
    List<String> seen = new ArrayList<>();
    fleet.proxy().answers(answered(503, "").newBuilder().addHeader("Retry-After", "30").build());
    Interceptor looking =
        chain -> {
          okhttp3.Response response = chain.proceed(chain.request());
          seen.addAll(response.headers("Retry-After"));
          return response;
        };

    WorkerResponse response = with(looking).post("/v1/orders").execute();

    assertThat(seen).containsExactly("30");
    assertThat(response.headers().get("retry-after")).containsExactly("30");
  }

  @Test
  void aStreamThatCanBeReadOnceIsNeverSentASecondTimeAsAnEmptyBody() {
    fleet.proxy().answers(answered(500, ""));

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () ->
                with(repeatingOnFailure())
                    .put("/v1/orders")
                    .body(new ByteArrayInputStream(new byte[] {1, 2}), "application/octet-stream")
                    .execute());

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(fleet.proxy().requests())
        .allSatisfy(request -> assertThat(request.getBodySize()).isEqualTo(2));
  }

  @Test
  void aStreamThatAnInterceptorReadIsNotSentEmpty() {
    Interceptor signing =
        chain -> {
          Buffer copy = new Buffer();
          chain.request().body().writeTo(copy);
          return chain.proceed(chain.request());
        };

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () ->
                with(signing)
                    .post("/v1/orders")
                    .body(new ByteArrayInputStream(new byte[] {1}), "application/octet-stream")
                    .execute());

    assertThat(failure).hasRootCauseMessage("the stream is used up");
    assertThat(fleet.proxy().requests())
        .allSatisfy(request -> assertThat(request.getBodySize()).isZero());
  }

  @Test
  void retriesThatAnInterceptorSwitchesOnAgainStayOff() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service =
        with(chain -> chain.withRetryOnConnectionFailure(true).proceed(chain.request()));
    service.get("/warm-up").execute();
    fleet.proxy().answers(dropped());

    assertThatThrownBy(() -> service.uniqueDurableObject().get("/").execute())
        .isInstanceOf(WorkerConnectionException.class);

    assertThat(fleet.proxy().requests()).hasSize(2);
  }

  @Test
  void aCheckedExceptionOfAnInterceptorIsTyped() {
    fleet.proxy().answers(answered(200, "{}"));
    Interceptor kotlin =
        chain -> {
          chain.proceed(chain.request()).close();
          throw sneaky(new Exception("checked"));
        };

    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class, () -> with(kotlin).post("/v1/orders").execute());

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(failure).hasCauseInstanceOf(Exception.class);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> IOException sneaky(Throwable failure) throws E {
    throw (E) failure;
  }
}
