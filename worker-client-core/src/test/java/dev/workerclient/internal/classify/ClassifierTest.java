package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.table.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answer or failure, for each form that a failure comes in and what only looks like one. */
class ClassifierTest {
  private static final String JSON = "application/json";
  private static final Provenance DOMAIN = Provenance.customDomain(null);
  private static final Provenance STAMPED = Provenance.customDomain("x-ran");
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

  private static @Nullable Failure classify(
      Provenance provenance, int status, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      return Classifier.classify(
          provenance,
          status,
          Headers.of(headers),
          limit -> Arrays.copyOf(bytes, Math.min(bytes.length, limit)),
          NOW);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Failure failure(
      Provenance provenance, int status, String body, String... headers) {
    return Objects.requireNonNull(classify(provenance, status, body, headers), "an answer");
  }

  static String structured(String code) {
    return "{\"type\":\"https://developers.cloudflare.com/\",\"title\":\"t\",\"status\":404,"
        + "\"error_code\":"
        + code
        + ",\"error_name\":\"some_name\",\"error_category\":\"some_category\","
        + "\"ray_id\":\"8f1c\",\"zone\":{\"a\":[1,2]},\"cloudflare_error\":true,"
        + "\"retryable\":true,\"retry_after\":30}";
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("text/plain; charset=UTF-8", "error code: 1042"),
        Arguments.of("text/plain", "  error code: 1042\n"),
        Arguments.of("application/json", structured("1042")),
        Arguments.of("application/problem+json; charset=utf-8", structured("1042")),
        Arguments.of(
            "text/markdown",
            "---\ntitle: \"Error 1042\"\nerror_code: 1042\ncloudflare_error: true\n---\n# Error"),
        Arguments.of(
            "text/html; charset=UTF-8",
            "<html><div id=\"cf-wrapper\"><span class=\"cf-error-code\">1042</span></div>"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void error1042IsKnownInEachForm(String contentType, String body) {
    Failure failure = failure(DOMAIN, 404, body, "Content-Type", contentType, "cf-ray", "r1");

    assertThat(failure.kind()).isEqualTo(FailureKind.ERROR_1042);
    assertThat(failure.cloudflareCode()).isEqualTo(1042);
    assertThat(failure.rayId()).isEqualTo("r1");
    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(failure.deliveryReason()).contains("stampedBy");
  }

  @ParameterizedTest
  @CsvSource({
    "1015, RATE_LIMITED",
    "1020, ACCESS_DENIED",
    "1006, ACCESS_DENIED",
    "1012, ACCESS_DENIED",
    "1025, WORKER_LIMIT",
    "1027, WORKER_LIMIT",
    "1101, WORKER_THREW",
    "1102, WORKER_LIMIT",
    "1104, WORKER_NOT_FOUND",
    "1033, CLOUDFLARE_ERROR",
    "1999, CLOUDFLARE_ERROR"
  })
  void eachCodeHasItsKindAndOneThatNobodyListedIsStillAFailure(int code, FailureKind kind) {
    assertThat(failure(DOMAIN, 530, "error code: " + code, "Content-Type", "text/plain").kind())
        .isEqualTo(kind);
  }

  @Test
  void aStructuredErrorGivesNameCategoryRayAndWait() {
    Failure failure = failure(DOMAIN, 530, structured("1033"), "Content-Type", "application/json");

    assertThat(failure.detail())
        .isEqualTo(new FailureKind.Coded(failure.cloudflareCode(), "some_name", "some_category"));
    assertThat(failure.rayId()).isEqualTo("8f1c");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"1000, 30", "520,"})
  void theBodysWaitCountsFromCode1000On(String code, @Nullable Integer seconds) {
    Failure failure = failure(DOMAIN, 530, structured(code), "Content-Type", "application/json");

    assertThat(failure.retryAfter())
        .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @Test
  void theHeadersGiveStatusRayAndWait() {
    Failure failure =
        failure(
            DOMAIN,
            530,
            "error code: 1033",
            "Content-Type",
            "text/plain",
            "cf-ray",
            "8f00aa11bb22cc33-FRA",
            "Retry-After",
            "7");

    assertThat(failure.summary())
        .isEqualTo("Cloudflare error 1033, HTTP 530, ray 8f00aa11bb22cc33-FRA");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(failure(DOMAIN, 530, "error code: 1033", "Content-Type", "text/plain").summary())
        .isEqualTo("Cloudflare error 1033, HTTP 530");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "some_name | some_name",
        "'some_name' | some_name",
        "\"some_name\" | some_name",
        "\"it's\" | it's",
        "\"\" | ##",
        "\"some_name' | \"some_name'",
        "some_name\" | some_name\"",
        "\" | \""
      })
  void aTextInMarkdownMayBeQuoted(String written, String name) {
    String markdown =
        "---\nerror_code: 1033\nerror_name: " + written + "\ncloudflare_error: true\n---\n";

    Failure failure = failure(DOMAIN, 530, markdown, "Content-Type", "text/markdown");

    assertThat(failure.detail()).isEqualTo(new FailureKind.Coded(1033, name, null));
    assertThat(failure.rayId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1999", "1102", "500"})
  void aDiagnosticHeaderNamesTheCodeAndItsOrigin(int code) {
    Failure failure =
        failure(DOMAIN, 503, "", "cf-error-type", "" + code, "cf-error-origin", "worker");

    assertThat(failure.summary()).isEqualTo("Cloudflare error " + code + " from worker, HTTP 503");
    assertThat(failure(DOMAIN, 503, "", "cf-error-type", "" + code).summary())
        .isEqualTo("Cloudflare error " + code + ", HTTP 503");
  }

  @Test
  void aGatewaysFieldIsTheRuntimesTextBelow500TooButNotBehindOtherWords() {
    String text = "Callback returned incorrect type; expected 'Promise'";

    assertThat(failure(DOMAIN, 400, "{\"error\":\"" + text + "\"}", "Content-Type", JSON).kind())
        .isEqualTo(FailureKind.DISPATCH_MISMATCH);
    assertThat(
            classify(
                DOMAIN, 400, "{\"error\":\"call failed: " + text + "\"}", "Content-Type", JSON))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<h4 id=\"error-name\">TypeError</h4> | TypeError",
        "<h4 id=\"error-name\"></h4> | ''",
        "<p>no name</p> | ''",
        "<h4 id=\"error-name\">cut | ''"
      })
  void wranglersPageTellsTheNameOfWhatWasThrown(String element, String name) {
    String page =
        "<h1 id=\"error-title\">An error has occurred</h1>"
            + "<a href=\"https://developers.cloudflare.com/workers/\">"
            + element;

    Failure failure =
        failure(DOMAIN, 500, page, "Content-Type", "text/html", "Date", "Sun, 29 Nov 2026");

    assertThat(failure.kind()).isEqualTo(FailureKind.WORKER_THREW);
    assertThat(failure.summary()).isEqualTo("wrangler dev reports \"" + name + "\", HTTP 500");
  }

  static Stream<Arguments> answers() {
    String json = "application/json";
    return Stream.of(
        Arguments.of(200, "text/plain", "error code: 1042"),
        Arguments.of(404, "text/plain", "the log says error code: 1042"),
        Arguments.of(404, "text/plain", "error code: 1042 was seen"),
        Arguments.of(404, "text/plain", "error code: 10420000"),
        Arguments.of(404, "text/plain", "error code: 42"),
        Arguments.of(404, "text/plain", "error code: 10a2"),
        Arguments.of(404, "text/plain", ""),
        Arguments.of(404, "text/html", "error code: 1042"),
        Arguments.of(404, "text/html", "<p>Cloudflare error 1042 explained</p>"),
        Arguments.of(404, "text/html", "<span class=\"cf-error-code\">1042</span>"),
        Arguments.of(404, "text/html", "<div id=\"cf-wrapper\">no code</div>"),
        Arguments.of(404, json, "{\"error_code\":1042}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":\"1042\"}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":1042.0}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":104200}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":-1042}"),
        Arguments.of(404, json, "{\"cloudflare_error\":\"true\",\"error_code\":1042}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true}"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":1042"),
        Arguments.of(404, json, "{\"cloudflare_error\":true,\"error_code\":1042}{}"),
        Arguments.of(404, json, "[{\"cloudflare_error\":true,\"error_code\":1042}]"),
        Arguments.of(404, json, "{\"x\":{\"cloudflare_error\":true,\"error_code\":1042}}"),
        Arguments.of(
            404, json, "{\"cloudflare_error\":true,\"error_code\":1042,\"error_code\":1042}"),
        Arguments.of(
            404,
            json,
            "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "," + structured("1042").substring(1)),
        Arguments.of(404, json, "[".repeat(10_000)),
        Arguments.of(404, "text/markdown", "---\nerror_code: 1042\n---\n"),
        Arguments.of(404, "text/markdown", "---\nerror_code: 1042\ncloudflare_error: true\n"),
        Arguments.of(404, "text/markdown", "# error_code: 1042\ncloudflare_error: true\n---\n"),
        Arguments.of(
            404,
            "text/markdown",
            "---\nerror_code: 1\nerror_code: 1042\ncloudflare_error: true\n---\n"),
        Arguments.of(404, "application/octet-stream", "error code: 1042"),
        Arguments.of(429, json, "{\"error\":\"slow down\"}"),
        Arguments.of(500, "text/plain", "Internal Server Error"),
        Arguments.of(502, "text/html", "<h1>502</h1>"),
        Arguments.of(503, json, "{}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatOnlyLooksLikeAFailureIsAnAnswer(int status, String contentType, String body) {
    assertThat(
            classify(
                DOMAIN,
                status,
                body,
                "Content-Type",
                contentType,
                "Server",
                "cloudflare",
                "cf-ray",
                "r1"))
        .isNull();
  }

  @Test
  void theNothingHereYetPageIs1042() {
    Failure failure =
        failure(
            DOMAIN,
            404,
            "<h1>There is nothing here yet</h1>",
            "Content-Type",
            "text/html",
            "x-preview-user-error",
            "true");

    assertThat(failure.kind()).isEqualTo(FailureKind.ERROR_1042);
  }

  @Test
  void accessIsKnownByItsRedirectAndItsHeaders() {
    String login = "https://acme.cloudflareaccess.com/cdn-cgi/access/login/x?kid=1";

    assertThat(failure(DOMAIN, 302, "", "Location", login).kind())
        .isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(failure(DOMAIN, 403, "<html>", "cf-access-aud", "a").kind())
        .isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(
            failure(DOMAIN, 401, "", "www-authenticate", "Cloudflare-Access resource=\"x\"").kind())
        .isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(
            failure(
                    DOMAIN,
                    401,
                    "",
                    "www-authenticate",
                    "Cloudflare-Access x",
                    "www-authenticate",
                    "Basic")
                .kind())
        .isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(failure(DOMAIN, 403, "", "cf-mitigated", "challenge").kind())
        .isEqualTo(FailureKind.ACCESS_DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/?to=acme.cloudflareaccess.com",
        "https://cloudflareaccess.com.example.com/",
        "/login",
        "https://notcloudflareaccess.com/"
      })
  void anyOtherRedirectIsAnAnswer(String location) {
    assertThat(classify(DOMAIN, 302, "", "Location", location)).isNull();
  }

  @Test
  void aBare52xOfCloudflareIsAFailureAndATargetsOwnIsNot() {
    assertThat(failure(DOMAIN, 522, "", "Server", "cloudflare").cloudflareCode()).isEqualTo(522);
    assertThat(
            classify(DOMAIN, 522, "{}", "Server", "cloudflare", "Content-Type", "application/json"))
        .isNull();
    assertThat(classify(DOMAIN, 522, "")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1015, NOT_DELIVERED",
    "1020, NOT_DELIVERED",
    "1027, NOT_DELIVERED",
    "1042, NOT_DELIVERED",
    "1104, NOT_DELIVERED",
    "1101, UNKNOWN",
    "1102, UNKNOWN",
    "1033, UNKNOWN",
    "1025, UNKNOWN"
  })
  void onTheProxyRouteACodeWithoutOutcomeProvesWhatTheProxyCouldNotPassOn(
      int code, Delivery delivery) {
    assertThat(
            failure(
                    Provenance.BINDING_PROXY,
                    404,
                    "error code: " + code,
                    "Content-Type",
                    "text/plain")
                .delivery())
        .isEqualTo(delivery);
  }

  @ParameterizedTest
  @CsvSource({
    "1042, NOT_DELIVERED",
    "1020, NOT_DELIVERED",
    "1025, NOT_DELIVERED",
    "1101, DELIVERED",
    "1102, UNKNOWN",
    "1999, UNKNOWN"
  })
  void onAStampedDomainACodeWithoutStampProvesWhatItMeans(int code, Delivery delivery) {
    assertThat(
            failure(STAMPED, 404, "error code: " + code, "Content-Type", "text/plain").delivery())
        .isEqualTo(delivery);
  }

  @Test
  void aPlain1101SaysThatTheWorkerRan() {
    assertThat(failure(DOMAIN, 500, "error code: 1101", "Content-Type", "text/plain").delivery())
        .isEqualTo(Delivery.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "not-dispatched, BINDING_MISSING, BINDING_NOT_FOUND, NOT_DELIVERED",
    "not-dispatched, BINDING_WRONG_KIND, BINDING_NOT_CALLABLE, NOT_DELIVERED",
    "not-dispatched, BINDING_NOT_ALLOWED, ACCESS_DENIED, NOT_DELIVERED",
    "not-dispatched, UNAUTHORIZED, ACCESS_DENIED, NOT_DELIVERED",
    "not-dispatched, BAD_REQUEST, BINDING_PROXY, NOT_DELIVERED",
    "not-dispatched, PROXY_MISCONFIGURED, BINDING_PROXY, NOT_DELIVERED",
    "not-dispatched, SOMETHING_NEW, BINDING_PROXY, NOT_DELIVERED",
    "dispatch-threw, NO_FETCH_HANDLER, BINDING_NOT_CALLABLE, UNKNOWN",
    "dispatch-threw, TARGET_RETURNED_NO_RESPONSE, DISPATCH_MISMATCH, DELIVERED",
    "dispatch-threw, TARGET_HUNG, WORKER_THREW, DELIVERED",
    "dispatch-threw, TARGET_THREW, WORKER_THREW, UNKNOWN",
    "dispatch-threw, TIMED_OUT, WORKER_TIMEOUT, UNKNOWN",
    "dispatch-threw, OBJECT_OVERLOADED, RATE_LIMITED, UNKNOWN",
    "dispatch-threw, NETWORK_LOST, BINDING_PROXY, UNKNOWN",
    "dispatch-threw, BODY_TOO_LARGE, WORKER_LIMIT, UNKNOWN"
  })
  void theProxysOutcomeAndCodeSayItAll(
      String outcome, String code, FailureKind kind, Delivery delivery) {
    Failure failure =
        failure(
            Provenance.BINDING_PROXY,
            500,
            "{\"code\":\"X\",\"outcome\":\"not-dispatched\",\"detail\":\"why\\nso\"}",
            "Binding-Proxy-Outcome",
            outcome,
            "Binding-Proxy-Error",
            code);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.delivery()).isEqualTo(delivery);
    assertThat(failure.proxyCode()).isEqualTo(code);
    assertThat(failure.summary()).contains(code + " (why\\u000aso)");
  }

  @ParameterizedTest
  @CsvSource({"not-dispatched, BINDING_NOT_FOUND", "responded, UNPROVEN_RESPONSE"})
  void anOutcomeThatStandsTwiceMustBeTheSame(String second, FailureKind kind) {
    assertThat(
            failure(
                    Provenance.BINDING_PROXY,
                    404,
                    "{}",
                    "Binding-Proxy-Outcome",
                    "not-dispatched",
                    "Binding-Proxy-Outcome",
                    second,
                    "Binding-Proxy-Error",
                    "BINDING_MISSING")
                .kind())
        .isEqualTo(kind);
  }

  @Test
  void theOutcomeHeaderMeansNothingOnACustomDomain() {
    assertThat(
            classify(
                DOMAIN,
                500,
                "{}",
                "Binding-Proxy-Outcome",
                "not-dispatched",
                "Binding-Proxy-Error",
                "BINDING_MISSING"))
        .isNull();
  }

  @Test
  void aResponseWithoutTheMarkThatWasDueIsAFailureWhateverItsStatus() {
    assertThat(failure(Provenance.BINDING_PROXY, 200, "{}").kind())
        .isEqualTo(FailureKind.UNPROVEN_RESPONSE);
    assertThat(failure(STAMPED, 200, "{}").kind()).isEqualTo(FailureKind.UNPROVEN_RESPONSE);
    assertThat(classify(STAMPED, 200, "{}", "X-Ran", "1")).isNull();
    assertThat(failure(Provenance.BINDING_PROXY, 200, "{}"))
        .matches(failure -> failure.summary().contains("the header Binding-Proxy-Outcome,"))
        .matches(failure -> failure.cause().contains("binding proxy"))
        .matches(failure -> failure.fix().contains("bindingProxy("));
    assertThat(failure(STAMPED, 200, "{}"))
        .matches(failure -> failure.summary().contains("the header x-ran,"))
        .matches(failure -> failure.cause().contains("domain"))
        .matches(failure -> failure.fix().contains("stampedBy("));
    assertThat(failure(Provenance.BINDING_PROXY, 200, "", "Binding-Proxy-Outcome", "x").kind())
        .isEqualTo(FailureKind.UNPROVEN_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 301, 399})
  void nothingOfABodyIsReadBelowStatus400(int status) throws IOException {
    assertThat(
            Classifier.classify(
                DOMAIN,
                status,
                Headers.of("Content-Type", "application/json"),
                limit -> {
                  throw new AssertionError("read");
                },
                NOW))
        .isNull();
  }

  @Test
  void aLongTextIsAnAnswerWithoutReadingIt() throws IOException {
    assertThat(
            Classifier.classify(
                DOMAIN,
                500,
                Headers.of("Content-Type", "text/plain", "Content-Length", "400000"),
                limit -> {
                  throw new AssertionError("read");
                },
                NOW))
        .isNull();
  }
}
