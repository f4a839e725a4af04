package dev.workerclient;

import static dev.workerclient.Breakers.OPEN_TIME_IS_OVER;
import static dev.workerclient.Breakers.call;
import static dev.workerclient.Breakers.lost;
import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import io.github.resilience4j.retry.RetryRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the application's own code throws within a call is logged or typed; nothing leaks. */
@Timeout(60)
class ThrowingCodeTest {
  private static final int CALLS = 20;

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final OkHttpClient http = new OkHttpClient();

  static Stream<Throwable> kinds() {
    return Thrown.kinds();
  }

  /** Throws the same in each of its methods. */
  private record BrokenListener(Throwable failure) implements CallListener {
    @Override
    public void callStarted(CallInfo call) {
      throw Thrown.sneaky(failure);
    }

    @Override
    public void attemptStarted(CallInfo call, String route, int number) {
      throw Thrown.sneaky(failure);
    }

    @Override
    public void attemptEnded(CallInfo call, Attempt attempt) {
      throw Thrown.sneaky(failure);
    }

    @Override
    public void callEnded(
        CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failed) {
      throw Thrown.sneaky(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aListenerChangesNoOutcomeAndLeaksNoStream(Throwable failure) throws Exception {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "well"));
    WorkerService service =
        fleet.service(fleet.builder().okHttpClient(http).listener(new BrokenListener(failure)));

    for (int i = 0; i < CALLS; i++) {
      assertThat(service.post("/").execute().string()).isEqualTo("well");
      assertThat(service.post("/").executeAsync().get(20, TimeUnit.SECONDS).status())
          .isEqualTo(200);
      try (StreamingResponse stream = service.post("/").executeStreaming()) {
        assertThat(stream.stream().readAllBytes()).hasSize(4);
      }
    }

    assertThat(fleet.domain().requests()).hasSize(3 * CALLS);
    assertNothingIsHeld();
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheOthers() {
    List<String> told = new CopyOnWriteArrayList<>();
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .listener(new Named("first", told))
                .listener(new BrokenListener(new IOException("checked")))
                .listener(new Named("last", told)));

    service.get("/").execute();

    assertThat(told).containsExactly("first started", "last started", "first ended", "last ended");
  }

  private record Named(String name, List<String> told) implements CallListener {
    @Override
    public void callStarted(CallInfo call) {
      told.add(name + " started");
    }

    @Override
    public void callEnded(
        CallInfo call,
        Duration elapsed,
        List<Attempt> attempts,
        @Nullable WorkerException failure) {
      told.add(name + " ended");
    }
  }

  @Test
  void anInterruptThatAListenerThrowsStaysAnInterrupt() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service =
        fleet.service(fleet.builder().listener(new BrokenListener(new InterruptedException())));

    assertThatThrownBy(() -> service.get("/").execute()).isInstanceOf(WorkerException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  /** Each method throws, or returns what it should not. */
  private record BrokenCodec(Supplier<@Nullable Object> decoded) implements BodyCodec {
    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(Object value) {
      Object unused = decoded.get();
      return new byte[0];
    }

    @Override
    public @Nullable Object decode(byte[] body, Type type) {
      return decoded.get();
    }

    @Override
    public @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
      Object unused = decoded.get();
      return null;
    }
  }

  private WorkerService with(Supplier<@Nullable Object> decoded) {
    return fleet.service(fleet.builder().okHttpClient(http).bodyCodec(new BrokenCodec(decoded)));
  }

  private WorkerService withCodecThatThrows(Throwable failure) {
    return with(
        () -> {
          throw Thrown.sneaky(failure);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aCodecThatCannotReadIsADecodingFailure(Throwable failure) {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = withCodecThatThrows(failure);

    assertThatThrownBy(() -> service.post("/").fetch(Integer.class))
        .isInstanceOf(WorkerDecodingException.class)
        .hasCause(failure);
    assertThatThrownBy(() -> service.post("/").fetchAsync(Integer.class).join())
        .cause()
        .isInstanceOf(WorkerDecodingException.class)
        .hasCause(failure);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aCodecThatCannotWriteIsRefusedBeforeAnythingIsSent(Throwable failure) {
    WorkerService service = withCodecThatThrows(failure);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.post("/").body(1))
        .withMessageContaining("the codec can't write a java.lang.Integer")
        .withCause(failure);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aCodecThatCannotReadAServiceErrorHidesNoAnswer(Throwable failure) {
    fleet.proxy().answers(answered(500, "the target's own words"));

    WorkerResponseException thrown =
        catchThrowableOfType(
            WorkerResponseException.class,
            () -> withCodecThatThrows(failure).post("/").fetch(Integer.class));

    assertThat(thrown.status()).isEqualTo(500);
    assertThat(thrown.string()).isEqualTo("the target's own words");
    assertThat(thrown.downstreamError()).isNull();
  }

  @Test
  void aCodecThatReturnsAnotherTypeIsADecodingFailureThatNamesBoth() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = with(() -> "a string");

    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> service.get("/").fetch(Integer.class),
            () -> service.get("/").fetch(int.class),
            () -> service.get("/").fetch(new TypeRef<List<String>>() {}),
            () -> service.get("/").fetch(new TypeRef<List<String>[]>() {}),
            () -> service.get("/").execute().bodyAs(Integer.class))) {
      assertThatThrownBy(call)
          .isInstanceOf(WorkerDecodingException.class)
          .hasMessageContaining("the codec made a java.lang.String of it, not a ");
    }
    assertThat(service.get("/").fetch(new TypeRef<Comparable<String>>() {})).isEqualTo("a string");
  }

  @Test
  void anErrorsBodyIsDecodedToAPrimitiveToo() {
    fleet.proxy().answers(answered(409, "17"));

    WorkerResponseException thrown =
        catchThrowableOfType(
            WorkerResponseException.class, () -> with(() -> 17).get("/").fetch(String.class));

    int value = thrown.bodyAs(int.class);
    assertThat(value).isEqualTo(17);
    assertThatThrownBy(() -> thrown.bodyAs(List.class)).isInstanceOf(WorkerDecodingException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSupplierOfABodyFailsTheCallBeforeAnythingIsSent(Throwable failure) {
    Supplier<InputStream> supplier =
        () -> {
          throw Thrown.sneaky(failure);
        };
    WorkerService service = fleet.service(fleet.builder().okHttpClient(http));

    WorkerCallException thrown =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> service.post("/").body(supplier, "text/plain").execute());

    assertThat(thrown)
        .hasMessageContaining("its supplier threw " + failure.getClass().getName())
        .hasRootCause(failure);
    assertThat(thrown.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anInterceptorFailsTheCall(Throwable failure) {
    OkHttpClient throwing =
        http.newBuilder()
            .addInterceptor(
                chain -> {
                  throw Thrown.sneaky(failure);
                })
            .build();
    WorkerService service = fleet.service(fleet.builder().okHttpClient(throwing));

    assertThatThrownBy(() -> service.post("/").execute())
        .isInstanceOf(WorkerException.class)
        .hasRootCause(failure);
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anExecutorThatThrowsFailsTheFutureOrChangesNothing(Throwable failure) throws Exception {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService refused =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(
                    task -> {
                      throw Thrown.sneaky(failure);
                    }));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> refused.post("/").executeAsync().get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(WorkerCallException.class)
          .hasCause(failure);
    }
    assertThat(fleet.proxy().requests()).isEmpty();

    WorkerService late =
        fleet.service(
            fleet
                .builder()
                .maxConcurrentCalls(1)
                .executor(
                    task -> {
                      task.run();
                      throw Thrown.sneaky(failure);
                    }));
    for (int i = 0; i < 2; i++) {
      assertThat(late.post("/").executeAsync().get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aConsumerOfTheRetryRegistryChangesNoOutcomeAndLeaksNoStream(Throwable failure)
      throws IOException {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    registry
        .getEventPublisher()
        .onEntryAdded(
            added ->
                added
                    .getAddedEntry()
                    .getEventPublisher()
                    .onEvent(
                        event -> {
                          throw Thrown.sneaky(failure);
                        }));
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "well"));
    WorkerService service =
        fleet.service(
            fleet
                .builder()
                .retry(RetryOptions.ofDefaults())
                .okHttpClient(http)
                .retryRegistry(registry));

    for (int i = 0; i < CALLS; i++) {
      try (StreamingResponse stream = service.post("/").executeStreaming()) {
        assertThat(stream.stream().readAllBytes()).hasSize(4);
      }
    }
    fleet.domain().answers(dropped());
    assertThatThrownBy(() -> service.get("/").execute()).isInstanceOf(WorkerException.class);

    assertNothingIsHeld();
  }

  /** A half-open breaker has two permits: one that is lost shows at once. */
  @ParameterizedTest
  @MethodSource("kinds")
  void noPermitOfABreakerIsLost(Throwable failure) {
    TestTiming timing = new TestTiming();
    WorkerService service = fleet.service(proxyOnly(fleet, timing).okHttpClient(http));
    fleet.proxy().answers(lost());
    call(service, 5);
    timing.pass(OPEN_TIME_IS_OVER);
    fleet.proxy().answers(answered(200, "{}"));

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () -> service.put("/").body(() -> BrokenBody.inRead(failure), "text/plain").execute())
          .isInstanceOf(WorkerCallException.class);
    }

    assertThat(service.get("/").execute().status()).isEqualTo(200);
  }

  /** Every connection is given back, or closed. */
  private void assertNothingIsHeld() {
    assertThat(http.connectionPool().idleConnectionCount())
        .isEqualTo(http.connectionPool().connectionCount());
  }
}
