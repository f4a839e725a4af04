package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mock says in the proxy's place is what the proxy says, byte for byte. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class MockIsTrueRealRuntimeTest {
  private final Installed runtime;
  private final RealFleet fleet;
  private final MockWorkers workers;

  MockIsTrueRealRuntimeTest(Installed runtime) {
    this.runtime = runtime;
    fleet = RealFleet.on(runtime);
    workers = MockWorkers.start();
  }

  @AfterEach
  void close() {
    workers.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Fault.bindingMissing(), "MISSING", "/"),
        Arguments.of(Fault.bindingWrongKind(), "WRONG_KIND", "/"),
        Arguments.of(Fault.bindingNotAllowed(), "UNLISTED", "/"),
        Arguments.of(Fault.noFetchHandler(), "NO_FETCH", "/"),
        Arguments.of(Fault.dispatchMismatch(), "NO_RESPONSE_SYNC", "/"),
        Arguments.of(Fault.dispatchMismatchAsync(), "NO_RESPONSE_ASYNC", "/"),
        Arguments.of(Fault.targetThrew(), "THROWS", "/"),
        Arguments.of(Fault.objectOverloaded(), "THROWS", "/overloaded"),
        Arguments.of(Fault.networkLost(), "THROWS", "/network-lost"),
        Arguments.of(Fault.targetHung(), "HANGS", "/never"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void ofAProblem(Fault fault, String service, String path) {
    workers.service(service).binding().fails(fault);
    assertSame(
        mocked(path, control(workers.proxyToken(), service)),
        real(path, control(RealFleet.TOKEN, service)));
  }

  @Test
  void ofAWrongToken() {
    workers.service("BEHAVES").binding();
    String[] control = control("wrong-token-0123456789-0123456789-abcdef", "BEHAVES");
    assertSame(mocked("/", control), real("/", control));
  }

  @Test
  void ofATokenForAnotherBinding() {
    workers.service("THROWS").binding().fails(Fault.forbidden());
    assertSame(
        mocked("/", control(workers.proxyToken(), "THROWS")),
        real("/", control("fleet-token-next-0123456789-0123456789-abc", "THROWS")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin", "Sec-Fetch-Site"})
  void ofARequestOfABrowser(String header) {
    workers.service("BEHAVES").binding().answers(MockAnswer.text("never"));
    String[] browser = {header, "https://example.com"};
    assertSame(
        mocked("/", control(workers.proxyToken(), "BEHAVES", browser)),
        real("/", control(RealFleet.TOKEN, "BEHAVES", browser)));
    assertThat(workers.service("BEHAVES").executions()).isZero();
  }

  @Test
  void ofARequestThatNamesNoBinding() {
    assertSame(
        mocked("/", "Binding-Proxy-Authorization", "Bearer " + workers.proxyToken()),
        real("/", "Binding-Proxy-Authorization", "Bearer " + RealFleet.TOKEN));
    workers.reset();
  }

  @Test
  void ofATargetThatTheProxyGivesUp() {
    workers.service("HANGS").binding().fails(Fault.timedOut());
    String[] limit = {"Binding-Proxy-Timeout-Ms", "50"};
    assertSame(
        mocked("/", control(workers.proxyToken(), "HANGS", limit)),
        real("/an-hour", control(RealFleet.TOKEN, "HANGS", limit)));
  }

  @Test
  void ofAnOperationThatTheProxyDoesNotServe() {
    workers.service("BEHAVES").binding().fails(Fault.rpcNotAvailable());
    String[] operation = {"Binding-Proxy-Op", "rpc"};
    assertSame(
        mocked("/", control(workers.proxyToken(), "BEHAVES", operation)),
        real("/", control(RealFleet.TOKEN, "BEHAVES", operation)));
  }

  @Test
  void ofTheUpgradeToAnRpcSession() throws Exception {
    workers.service("HELLO_ONLY").rpc(new Object());
    assertThat(upgrade(workers.proxyUrl(), workers.proxyToken()))
        .isEqualTo(upgrade(RpcFleet.on(runtime).url("proxy"), RealFleet.TOKEN))
        .containsKey("binding-proxy-session");
  }

  private static Map<String, List<String>> upgrade(String url, String token) throws Exception {
    CompletableFuture<Headers> answer = new CompletableFuture<>();
    OkHttpClient client = new OkHttpClient();
    WebSocket socket =
        client.newWebSocket(
            new Request.Builder()
                .url(url)
                .headers(Headers.of(control(token, "HELLO_ONLY", "Binding-Proxy-Op", "rpc")))
                .build(),
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket webSocket, Response response) {
                answer.complete(response.headers());
              }
            });
    Headers headers = answer.get(10, TimeUnit.SECONDS);
    socket.cancel();
    client.dispatcher().executorService().shutdown();
    Map<String, List<String>> told = headers.toMultimap();
    told.keySet().removeIf(name -> name.startsWith("sec-websocket-")); // The sockets' own.
    return told;
  }

  @Test
  void ofAnIdOfNoObject() {
    String id = "ab".repeat(32);
    workers.service("ROOMS").durableObjectId(id).fails(Fault.objectIdInvalid());
    String[] object = {"Binding-Proxy-Object", "id:" + id};
    assertSame(
        mocked("/", control(workers.proxyToken(), "ROOMS", object)),
        real("/", control(RealFleet.TOKEN, "ROOMS", object)));
  }

  /** Only the namespace of the real one knows which id a name has. */
  @Test
  void ofADurableObjectThatWasReset() {
    workers.service("ROOMS").durableObject("room").fails(Fault.objectReset());
    String[] object = {"Binding-Proxy-Object", "name:room"};
    assertSame(
        mocked("/", control(workers.proxyToken(), "ROOMS", object)),
        real("/abort", control(RealFleet.TOKEN, "ROOMS", object)),
        "Binding-Proxy-Object");
  }

  @ParameterizedTest
  @CsvSource({
    "BEHAVES, diagnose;bindings",
    "NO_HEALTH_PATH, diagnose",
    "UNLISTED, diagnose",
    "UNLISTED, diagnose;bindings"
  })
  void ofADiagnosisOfWhatIsSoundOrUnknown(String service, String operation) {
    if (!service.equals("UNLISTED")) {
      workers.service(service).optional().binding().answers(MockAnswer.text("never asked"));
    }
    assertSameDiagnosis(service, operation);
  }

  static Stream<Arguments> diagnosedFaults() {
    return Stream.of(
            Arguments.of(Fault.bindingMissing(), "MISSING"),
            Arguments.of(Fault.bindingWrongKind(), "WRONG_KIND"),
            Arguments.of(Fault.bindingNotAllowed(), "UNLISTED"))
        .flatMap(
            row ->
                Stream.of("diagnose", "diagnose;bindings")
                    .map(operation -> Arguments.of(row.get()[0], row.get()[1], operation)));
  }

  @ParameterizedTest
  @MethodSource("diagnosedFaults")
  void ofADiagnosisOfABindingThatIsNotAsItShouldBe(Fault fault, String service, String operation) {
    workers.service(service).optional().binding().fails(fault);
    assertSameDiagnosis(service, operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"diagnose", "diagnose;bindings"})
  void ofADiagnosisOfDurableObjects(String operation) {
    workers.service("ROOMS").optional().durableObject("room").answers(MockAnswer.text("never"));
    assertSameDiagnosis("ROOMS", operation);
  }

  @Test
  void ofADiagnosisOfATargetWithoutAFetchHandlerThatIsNotAsked() {
    workers.service("NO_FETCH").optional().binding().fails(Fault.noFetchHandler());
    assertSameDiagnosis("NO_FETCH", "diagnose;bindings");
  }

  /** The mock has no health path of it, and so no account of a probe. */
  @Test
  void ofADiagnosisOfATargetWithoutAFetchHandlerButForItsHealth() {
    workers.service("NO_FETCH").optional().binding().fails(Fault.noFetchHandler());
    String[] operation = {"Binding-Proxy-Op", "diagnose"};
    String real = real("/", control(RealFleet.TOKEN, "NO_FETCH", operation)).body();
    assertThat(mocked("/", control(workers.proxyToken(), "NO_FETCH", operation)).body())
        .isEqualTo(real.replaceFirst("\"health\":\\{.*?}},", ""));
  }

  @Test
  void ofADiagnosisByATokenForOtherBindings() {
    workers.service("THROWS").optional().binding().fails(Fault.forbidden());
    String[] operation = {"Binding-Proxy-Op", "diagnose"};
    assertSame(
        mocked("/", control(workers.proxyToken(), "THROWS", operation)),
        real("/", control("fleet-token-next-0123456789-0123456789-abc", "THROWS", operation)));
  }

  private void assertSameDiagnosis(String service, String operation) {
    String[] header = {"Binding-Proxy-Op", operation};
    assertSame(
        mocked("/", control(workers.proxyToken(), service, header)),
        real("/", control(RealFleet.TOKEN, service, header)));
  }

  private HttpResponse<String> mocked(String path, String... headers) {
    return fleet.get(workers.proxyUrl() + path, headers);
  }

  private HttpResponse<String> real(String path, String... headers) {
    return fleet.get(fleet.url("proxy") + path, headers);
  }

  private static void assertSame(
      HttpResponse<String> mocked, HttpResponse<String> real, String... differing) {
    assertThat(mocked.body()).isEqualTo(real.body());
    assertThat(mocked.statusCode()).isEqualTo(real.statusCode());
    assertThat(headers(mocked).keySet()).isEqualTo(headers(real).keySet());
    assertThat(headers(mocked, differing)).isEqualTo(headers(real, differing));
  }

  private static Map<String, Object> headers(HttpResponse<String> response, String... without) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    headers.keySet().removeAll(Set.of(without));
    return headers;
  }

  private static String[] control(String token, String service, String... further) {
    return Stream.concat(
            Stream.of(
                "Binding-Proxy-Authorization", "Bearer " + token, "Binding-Proxy-Target", service),
            Stream.of(further))
        .toArray(String[]::new);
  }
}
