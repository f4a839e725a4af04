package dev.workerclient;

import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The application's own body is never blamed on the route. */
@Timeout(60)
class RequestBodyFailureTest {
  private static final int ENOUGH_TO_OPEN_A_BREAKER = 10;
  private static final int LARGE = 200_000;

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();
  private OkHttpClient http = new OkHttpClient();
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void theRouteIsHealthy() {
    fleet.proxy().answers(answered(200, "{}"));
  }

  private WorkerService service() {
    return fleet.service(proxyOnly(fleet, timing).okHttpClient(http));
  }

  static Stream<Arguments> bodies() {
    List<Arguments> bodies = new ArrayList<>();
    for (int length : new int[] {0, 1, LARGE}) {
      Thrown.kinds()
          .forEach(
              failure -> {
                String type = failure.getClass().getName();
                bodies.add(
                    body(
                        "read() throws " + type + " after " + length,
                        () -> BrokenBody.inReadAfter(length, failure),
                        "its stream threw " + type));
                bodies.add(
                    body(
                        "close() throws " + type + " after " + length,
                        () -> BrokenBody.inClose(length, failure),
                        "its stream's close() threw " + type));
              });
      bodies.add(
          body(
              "read() returns 0 after " + length,
              () -> BrokenBody.returningNothing(length),
              "read() returned 0 bytes 100 times in a row"));
    }
    return bodies.stream();
  }

  private static Arguments body(String name, Supplier<BrokenBody> body, String why) {
    return Arguments.of(Named.of(name, body), why);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aStreamThatFailsIsTheApplications(Supplier<BrokenBody> bodies, String why) {
    WorkerService service = service();
    List<BrokenBody> sent = new ArrayList<>();
    Supplier<InputStream> remembered =
        () -> {
          sent.add(bodies.get());
          return sent.get(sent.size() - 1);
        };

    for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
      WorkerCallException failure =
          catchThrowableOfType(
              WorkerCallException.class,
              () -> service.put("/").body(remembered, "text/plain").execute());
      assertThat(failure).hasMessageContaining("the request's body could not be read: " + why);
      assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    }

    assertThat(sent).hasSize(ENOUGH_TO_OPEN_A_BREAKER);
    assertThat(sent).allMatch(body -> body.timesClosed() == 1);
    assertTheRouteIsFine(service);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aStreamThatCanBeReadOnceIsClosedToo(Supplier<BrokenBody> bodies, String why) {
    BrokenBody body = bodies.get();
    WorkerService service = service();

    assertThat(
            catchThrowableOfType(
                WorkerCallException.class,
                () -> service.post("/").body((InputStream) body, "text/plain").execute()))
        .hasMessageContaining(why);

    assertThat(body.timesClosed()).isEqualTo(1);
    assertTheRouteIsFine(service);
  }

  @Test
  void overHttp2ItIsTheApplicationsToo() {
    fleet.proxy().server().setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    http = http.newBuilder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    WorkerService service = service();

    for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
      assertThat(
              catchThrowableOfType(
                  WorkerCallException.class,
                  () ->
                      service
                          .put("/")
                          .body(() -> BrokenBody.returningNothing(LARGE), "text/plain")
                          .execute()))
          .isNotNull();
    }

    assertTheRouteIsFine(service);
  }

  /** What somebody else does to the file after its size was read. */
  enum Change {
    GROWS {
      @Override
      void apply(Path file) throws IOException {
        Files.write(file, new byte[LARGE], StandardOpenOption.APPEND);
      }
    },
    GROWS_BY_ONE {
      @Override
      void apply(Path file) throws IOException {
        Files.write(file, new byte[1], StandardOpenOption.APPEND);
      }
    },
    SHRINKS {
      @Override
      void apply(Path file) throws IOException {
        Files.write(file, new byte[1], StandardOpenOption.TRUNCATE_EXISTING);
      }
    },
    IS_EMPTIED {
      @Override
      void apply(Path file) throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      }
    };

    abstract void apply(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatChangesWhileItIsSentIsTheApplications(Change change) throws IOException {
    Path file = folder.resolve("log.txt");
    http =
        http.newBuilder()
            .addInterceptor(
                chain -> {
                  if (chain.request().body() != null) {
                    change.apply(file);
                  }
                  return chain.proceed(chain.request());
                })
            .build();
    WorkerService service = service();

    for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
      Files.write(file, new byte[LARGE]);
      WorkerCallException failure =
          catchThrowableOfType(
              WorkerCallException.class, () -> service.put("/").body(file, "text/plain").execute());
      assertThat(failure)
          .hasMessageContaining("the file had " + LARGE + " bytes and changed while it was sent");
      assertThat(failure.diagnosis().fix()).contains("send a copy");
      assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    }

    assertTheRouteIsFine(service);
  }

  @Test
  void aDirectoryIsNoBody() {
    WorkerCallException failure =
        catchThrowableOfType(
            WorkerCallException.class,
            () -> service().put("/").body(folder, "text/plain").execute());

    assertThat(failure).hasMessageContaining("the file is a directory");
    assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
  }

  @Test
  @SuppressWarnings("NullAway") // What an application may do all the same.
  void aSupplierThatReturnsNullIsTheApplications() {
    Supplier<InputStream> empty = () -> null;
    WorkerService service = service();

    for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
      WorkerCallException failure =
          catchThrowableOfType(
              WorkerCallException.class,
              () -> service.put("/").body(empty, "text/plain").execute());
      assertThat(failure).hasMessageContaining("its supplier returned null");
      assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    }

    assertTheRouteIsFine(service);
  }

  @Test
  void aSuppliersStreamIsClosedIfNoConnectionIsMade() {
    fleet.proxy().close();
    List<BrokenBody> opened = new ArrayList<>();
    Supplier<InputStream> remembered =
        () -> {
          opened.add(BrokenBody.inRead(new IOException("never read")));
          return opened.get(opened.size() - 1);
        };

    assertThat(
            catchThrowableOfType(
                dev.workerclient.error.WorkerConnectionException.class,
                () -> service().post("/").body(remembered, "text/plain").execute()))
        .isNotNull();

    assertThat(opened).hasSize(1).allMatch(body -> body.timesClosed() == 1);
  }

  /** Its read ends when the attempt has been cancelled, and not before. */
  @Test
  void aStreamThatTakesTheWholeTimeSaysNothingOfTheRoute() {
    List<CountDownLatch> cancelled = new ArrayList<>();
    http =
        http.newBuilder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void canceled(Call call) {
                    cancelled.get(cancelled.size() - 1).countDown();
                  }
                })
            .build();
    WorkerService service =
        fleet.service(
            proxyOnly(fleet, timing).okHttpClient(http).attemptTimeout(Duration.ofMillis(100)));

    for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
      CountDownLatch latch = new CountDownLatch(1);
      cancelled.add(latch);
      WorkerTimeoutException failure =
          catchThrowableOfType(
              WorkerTimeoutException.class,
              () -> service.put("/").body(() -> blocked(latch), "text/plain").execute());
      assertThat(failure.diagnosis().cause()).contains("the request's own body");
    }

    assertThat(service.get("/").timeout(Duration.ofSeconds(20)).execute().status()).isEqualTo(200);
  }

  private static InputStream blocked(CountDownLatch until) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          return until.await(20, TimeUnit.SECONDS) ? -1 : 0;
        } catch (InterruptedException e) {
          throw new UncheckedIOException(new IOException(e));
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  /** No breaker has opened, and no connection is held. */
  private void assertTheRouteIsFine(WorkerService service) {
    assertThat(service.get("/").execute().status()).isEqualTo(200);
    assertThat(fleet.proxy().requests().stream().filter(seen -> !"GET".equals(seen.getMethod())))
        .as("whole requests that the server read")
        .isEmpty();
    assertThat(http.connectionPool().idleConnectionCount())
        .isEqualTo(http.connectionPool().connectionCount());
  }
}
