package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.dropped;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions are counted at the server, with OkHttp's own ways of repeating all invited. */
class NothingRunsTwiceTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();
  @TempDir File cacheFolder = new File("");

  /** A client of a user's with everything on that makes OkHttp repeat or mix up requests. */
  private OkHttpClient temptingClient() {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(true)
        .followRedirects(true)
        .authenticator(
            (route, response) -> response.request().newBuilder().header("X-Again", "1").build())
        .proxyAuthenticator(
            (route, response) -> response.request().newBuilder().header("X-Again", "1").build())
        .cache(new Cache(cacheFolder, 1 << 20))
        .cookieJar(new RememberingCookies())
        .build();
  }

  private WorkerService tempted() {
    return fleet.service(fleet.builder().okHttpClient(temptingClient()));
  }

  @Test
  void aServerThatReadsAPostAndDropsTheConnectionSeesItOnce() {
    fleet.proxy().answers(dropped());

    assertThatThrownBy(() -> tempted().post("/v1/orders").body("{}", "application/json").execute())
        .isInstanceOf(WorkerConnectionException.class)
        .extracting(failure -> ((WorkerException) failure).delivery())
        .isEqualTo(Delivery.UNKNOWN);

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aPostOnAPooledConnectionThatTheServerDropsIsSeenOnce() {
    fleet.proxy().answers(answered(200, "{}"));
    WorkerService service = tempted();
    service.get("/warm-up").execute();
    fleet.proxy().answers(dropped());

    assertThatThrownBy(() -> service.post("/v1/orders").execute())
        .isInstanceOf(WorkerConnectionException.class);

    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(fleet.proxy().requests().get(1).getConnectionIndex()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void an503WithRetryAfterZeroIsAnAnswerThatWasAskedForOnce(String method) {
    fleet.proxy().answers(answered(503, "").newBuilder().addHeader("Retry-After", "0").build());

    WorkerResponse response = tempted().request(method, "/v1/orders").execute();

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Retry-After")).isEqualTo("0");
    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 308, 401, 407, 408, 421})
  void aStatusThatOkHttpWouldActOnIsAnAnswerThatWasAskedForOnce(int status) {
    fleet
        .proxy()
        .answers(
            answered(status, "")
                .newBuilder()
                .addHeader("Location", fleet.domain().url() + "/elsewhere")
                .addHeader("WWW-Authenticate", "Basic realm=\"x\"")
                .build());

    assertThat(tempted().post("/v1/orders").execute().status()).isEqualTo(status);
    assertThat(tempted().get("/v1/orders").execute().status()).isEqualTo(status);

    assertThat(fleet.proxy().requests()).hasSize(2);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void oneServicesAnswerIsNotServedToAnotherFromACache() {
    fleet
        .proxy()
        .answers(
            request ->
                answered(200, request.getHeaders().get("Binding-Proxy-Target"))
                    .newBuilder()
                    .addHeader("Cache-Control", "max-age=600")
                    .build());
    try (WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url())
            .service("ONE")
            .service("TWO")
            .okHttpClient(temptingClient())
            .build()) {
      assertThat(client.service("ONE").get("/").execute().string()).isEqualTo("ONE");
      assertThat(client.service("TWO").get("/").execute().string()).isEqualTo("TWO");
      assertThat(client.service("ONE").get("/").execute().string()).isEqualTo("ONE");
    }
    assertThat(fleet.proxy().requests()).hasSize(3);
  }

  @Test
  void cookiesAreNeitherKeptNorSent() {
    fleet.proxy().answers(answered(200, "{}").newBuilder().addHeader("Set-Cookie", "a=b").build());
    WorkerService service = tempted();

    service.get("/").execute();
    service.get("/").execute();

    assertThat(fleet.proxy().requests().get(1).getHeaders().get("Cookie")).isNull();
  }

  @Test
  void aGetOnAPooledConnectionThatTheServerClosedGoesOnANewOneAtOnce() {
    fleet
        .domain()
        .answers(
            plain(200, "{}").newBuilder().onResponseEnd(new SocketEffect.CloseSocket()).build());
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url())));
    service.get("/first").execute();

    WorkerResponse response = service.get("/second").execute();

    assertThat(response.attempts())
        .extracting(attempt -> attempt.failure() + " " + attempt.delivery())
        .containsExactly("WORKER_CONNECTION UNKNOWN", "null DELIVERED");
    assertThat(fleet.domain().requests())
        .extracting(request -> request.getTarget())
        .containsExactly("/first", "/second");
  }

  @Test
  void aGetThatANewConnectionDropsIsNotSentAgainOnTheSameRoute() {
    fleet.domain().answers(dropped());
    WorkerService service =
        fleet.service(
            WorkerClient.builder()
                .service("APIMOM", own -> own.customDomain(fleet.domain().url()))
                .retry(RetryOptions.disabled()));

    assertThatThrownBy(() -> service.get("/").execute())
        .isInstanceOf(WorkerConnectionException.class);

    assertThat(fleet.domain().requests()).hasSize(1);
  }

  @Test
  void aRefusedHttp2StreamIsKnownNotToHaveRun() {
    fleet.proxy().server().setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    fleet
        .proxy()
        .answers(
            new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseStream(7 /* REFUSED_STREAM */))
                .build());
    fleet.domain().answers(plain(200, "{}"));
    fleet.domain().server().setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    OkHttpClient http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

    WorkerResponse response =
        fleet.service(fleet.builder().okHttpClient(http2)).post("/v1/orders").execute();

    assertThat(response.attempts().get(0).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(response.route()).isEqualTo("custom-domain");
  }

  @Test
  void anHttp2StreamThatIsCancelledAfterwardsMayHaveRun() {
    fleet.proxy().server().setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    fleet
        .proxy()
        .answers(
            new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseStream(8 /* CANCEL */))
                .build());
    OkHttpClient http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

    assertThatThrownBy(
            () -> fleet.service(fleet.builder().okHttpClient(http2)).post("/v1/orders").execute())
        .isInstanceOf(WorkerConnectionException.class)
        .extracting(failure -> ((WorkerException) failure).delivery())
        .isEqualTo(Delivery.UNKNOWN);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aBodyThatCanBeReadOnceGoesToTheNextRouteOnlyWhileItIsUnread() {
    fleet.proxy().answers(problem(404, "not-dispatched", "BINDING_MISSING"));
    fleet.domain().answers(plain(200, "{}"));

    assertThatThrownBy(
            () ->
                fleet
                    .service()
                    .post("/v1/orders")
                    .body(new ByteArrayInputStream(new byte[] {1}), "application/octet-stream")
                    .execute())
        .isInstanceOf(dev.workerclient.error.BindingNotFoundException.class);
    assertThat(fleet.domain().requests()).isEmpty();

    fleet.proxy().close();
    WorkerResponse response =
        fleet
            .service()
            .post("/v1/orders")
            .body(new ByteArrayInputStream(new byte[] {1}), "application/octet-stream")
            .execute();
    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(fleet.domain().requests().get(0).getBody().size()).isEqualTo(1);
  }

  @Test
  void aBodyFromASupplierOrAFileIsSentWholeOnEachRoute(@TempDir Path folder) throws Exception {
    fleet.proxy().answers(problem(404, "not-dispatched", "BINDING_MISSING"));
    fleet.domain().answers(plain(200, "{}"));
    Path file = java.nio.file.Files.writeString(folder.resolve("body.txt"), "from a file");
    WorkerService service = fleet.service();

    service
        .post("/a")
        .body(() -> new ByteArrayInputStream(new byte[] {1, 2, 3}), "application/octet-stream")
        .execute();
    service.post("/b").body(file, "text/plain").execute();

    assertThat(fleet.domain().requests())
        .extracting(request -> request.getBody().utf8())
        .containsExactly("\u0001\u0002\u0003", "from a file");
    assertThat(fleet.proxy().requests().get(1).getBody().utf8()).isEqualTo("from a file");
  }

  @Test
  void aBodyThatFailsIsNotBlamedOnTheNetwork(@TempDir Path folder) {
    WorkerService service = fleet.service();

    assertThatThrownBy(
            () ->
                service
                    .post("/v1/orders")
                    .body(() -> new FailingStream(), "application/octet-stream")
                    .execute())
        .isInstanceOf(WorkerCallException.class)
        .hasMessageContaining("the request's body could not be read")
        .hasRootCauseMessage("disk");
    assertThatThrownBy(
            () -> service.post("/v1/orders").body(folder.resolve("gone"), "text/plain").execute())
        .isInstanceOf(WorkerCallException.class)
        .hasRootCauseInstanceOf(java.nio.file.NoSuchFileException.class)
        .extracting(failure -> ((WorkerException) failure).delivery())
        .isEqualTo(Delivery.NOT_DELIVERED);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  private static final class FailingStream extends java.io.InputStream {
    @Override
    public int read() throws java.io.IOException {
      throw new java.io.IOException("disk");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws java.io.IOException {
      return read();
    }
  }

  @Test
  void aRequestThatAnInterceptorRepeatsIsRecorded() {
    fleet.proxy().answers(answered(200, "{}"));
    OkHttpClient repeating =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  chain.proceed(chain.request()).close();
                  return chain.proceed(chain.request());
                })
            .build();

    WorkerResponse response =
        fleet.service(fleet.builder().okHttpClient(repeating)).get("/").execute();

    assertThat(response.attempts().get(0).exchanges()).isEqualTo(2);
  }

  @Test
  void anInterceptorThatBuildsItsOwnRequestDoesNotHideThatItWasSent() {
    fleet.proxy().answers(dropped());
    OkHttpClient rebuilding =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        new Request.Builder()
                            .url(chain.request().url())
                            .method(chain.request().method(), chain.request().body())
                            .build()))
            .build();
    WorkerService service = fleet.service(fleet.builder().okHttpClient(rebuilding));

    assertThatThrownBy(() -> service.post("/v1/orders").execute())
        .isInstanceOf(WorkerConnectionException.class)
        .extracting(failure -> ((WorkerException) failure).delivery())
        .isEqualTo(Delivery.UNKNOWN);

    assertThat(fleet.proxy().requests()).hasSize(1);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  private static final class RememberingCookies implements CookieJar {
    private final Set<Cookie> cookies = ConcurrentHashMap.newKeySet();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> received) {
      cookies.addAll(received);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return List.copyOf(cookies);
    }
  }
}
