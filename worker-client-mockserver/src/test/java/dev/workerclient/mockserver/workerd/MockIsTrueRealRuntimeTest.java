package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the mock says in the proxy's place is what the proxy says, byte for byte. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class MockIsTrueRealRuntimeTest {
  private final RealFleet fleet;
  private final MockWorkers workers;

  MockIsTrueRealRuntimeTest(Installed runtime) {
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
        Arguments.of(Fault.dispatchMismatch(), "NO_RESPONSE_SYNC", "/"),
        Arguments.of(Fault.dispatchMismatchAsync(), "NO_RESPONSE_ASYNC", "/"),
        Arguments.of(Fault.targetThrew(), "THROWS", "/"),
        Arguments.of(Fault.targetHung(), "HANGS", "/never"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void ofAProblem(Fault fault, String service, String path) {
    workers.service(service).binding().fails(fault);
    HttpResponse<String> mocked =
        fleet.get(workers.proxyUrl() + path, control(workers.proxyToken(), service));
    HttpResponse<String> real =
        fleet.get(fleet.url("proxy") + path, control(RealFleet.TOKEN, service));
    assertSame(mocked, real);
  }

  @Test
  void ofAWrongToken() {
    workers.service("BEHAVES").binding();
    String[] control = control("wrong-token-0123456789-0123456789-abcdef", "BEHAVES");
    assertSame(
        fleet.get(workers.proxyUrl() + "/", control), fleet.get(fleet.url("proxy") + "/", control));
  }

  private static void assertSame(HttpResponse<String> mocked, HttpResponse<String> real) {
    assertThat(mocked.body()).isEqualTo(real.body());
    assertThat(mocked.statusCode()).isEqualTo(real.statusCode());
    assertThat(headers(mocked)).isEqualTo(headers(real));
  }

  private static Map<String, Object> headers(HttpResponse<String> response) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    return headers;
  }

  private static String[] control(String token, String service) {
    return new String[] {
      "Binding-Proxy-Authorization", "Bearer " + token, "Binding-Proxy-Target", service
    };
  }
}
