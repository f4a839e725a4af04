package dev.workerclient;

import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A remote that sends the token back, in whichever form, gets it into no message, log or error. */
@Timeout(30)
class EchoedTokenTest {
  private static final String TOKEN = "tok_live-51HxQ9a.f0e1d2c3b4a5968778695a4b3c2d1e0f";

  @RegisterExtension final TestFleet fleet = new TestFleet();
  private final TestTiming timing = new TestTiming();

  private WorkerService proxy() {
    return service(
        WorkerClient.builder()
            .bindingProxy(fleet.proxy().url(), it -> it.bearerToken(TOKEN))
            .service("APIMOM"));
  }

  private WorkerClient.Builder domain() {
    return WorkerClient.builder()
        .service(
            "APIMOM",
            own -> own.customDomain(fleet.domain().url(), it -> it.bearerToken(() -> TOKEN)));
  }

  private WorkerService service(WorkerClient.Builder builder) {
    return fleet.service(timing.in(builder).retry(RetryOptions.disabled()));
  }

  private static MockResponse.Builder reply(int status, String contentType, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", contentType)
        .body(body);
  }

  static Stream<Named<MockResponse>> echoes() {
    String padding = "x".repeat(270);
    String structured =
        "{\"cloudflare_error\":true,\"error_code\":1033,\"error_name\":\"%1$s\","
            + "\"error_category\":\"%1$s\",\"ray_id\":\"%1$s\"}";
    return Stream.of(
        Named.of(
            "the proxy's detail",
            problem("X", "{\"detail\":\"you sent Bearer " + TOKEN + "\"}").build()),
        Named.of(
            "the proxy's detail, escaped",
            problem("X", "{\"detail\":\"\\u0074" + TOKEN.substring(1) + "\"}").build()),
        Named.of(
            "the proxy's detail, cut within",
            problem("X", "{\"detail\":\"" + padding + TOKEN + "\"}").build()),
        Named.of("the proxy's code", problem(TOKEN, "{}").build()),
        Named.of("a ray", problem("X", "{}").addHeader("cf-ray", TOKEN).build()),
        Named.of("JSON", reply(530, "application/json", structured.formatted(TOKEN)).build()),
        Named.of(
            "markdown",
            reply(
                    530,
                    "text/markdown",
                    "---\nerror_code: 1033\ncloudflare_error: true\nerror_name: "
                        + TOKEN
                        + "\nray_id: "
                        + TOKEN
                        + "\n---\n")
                .build()),
        Named.of(
            "a page",
            reply(
                    530,
                    "text/html",
                    "<title>"
                        + TOKEN
                        + " | a.example | Cloudflare</title><div id=\"cf-wrapper\"><h1>"
                        + TOKEN
                        + "<span class=\"cf-error-code\">1033</span></h1>")
                .build()),
        Named.of(
            "a diagnostic header",
            reply(530, "text/plain", "error code: 1033")
                .addHeader("cf-error-origin", TOKEN)
                .build()),
        Named.of(
            "a message of the runtime",
            reply(
                    500,
                    "text/plain",
                    "Cannot access \""
                        + TOKEN
                        + "\" as we couldn't find a local dev session for the"
                        + " \"a\" entrypoint of service \"b\" to proxy to.")
                .build()),
        Named.of(
            "a status text",
            new MockResponse.Builder()
                .status("HTTP/1.1 530 " + TOKEN)
                .addHeader("Content-Type", "text/plain")
                .body("error code: 1033")
                .build()),
        Named.of(
            "a status line",
            new MockResponse.Builder().status("HTTP/1.1 " + TOKEN).body("").build()));
  }

  private static MockResponse.Builder problem(String code, String body) {
    return reply(502, "application/problem+json", body)
        .addHeader("Binding-Proxy-Outcome", "not-dispatched")
        .addHeader("Binding-Proxy-Error", code);
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void noFailureShowsIt(MockResponse echo) {
    fleet.proxy().answers(echo);
    fleet.domain().answers(echo);

    for (WorkerService service : List.of(proxy(), service(domain()))) {
      try (LogCapture log = LogCapture.begin()) {
        WorkerException failure =
            catchThrowableOfType(WorkerException.class, () -> service.get("/").fetch(String.class));

        assertShowsNothing(failure);
        assertShowsNothing(log.text());
      }
    }
  }

  @Test
  void theRayOfAnAnswerDoesNotShowIt() {
    fleet.domain().answers(plain(200, "{}").newBuilder().addHeader("cf-ray", TOKEN).build());

    WorkerResponse response = service(domain()).get("/").execute();

    assertThat(response.rayId()).isEqualTo("(hidden)");
    assertThat(response.attempts()).extracting(Attempt::rayId).containsExactly("(hidden)");
  }

  @Test
  void aBodyThatCannotBeDecodedDoesNotShowIt() {
    fleet.domain().answers(reply(200, "text/html; note=" + TOKEN, "you sent " + TOKEN).build());
    WorkerService service = service(domain().bodyCodec(new QuotingCodec()));

    WorkerDecodingException failure =
        catchThrowableOfType(
            WorkerDecodingException.class, () -> service.get("/").fetch(Integer.class));

    assertShowsNothing(failure);
    assertThat(failure).hasStackTraceContaining("QuotingCodec.decode(");
  }

  @Test
  void theErrorOfAServiceDownstreamDoesNotShowIt() {
    fleet.domain().answers(reply(500, "application/problem+json", TOKEN).build());
    WorkerService service = service(domain().bodyCodec(new QuotingCodec()));

    WorkerResponseException failure =
        catchThrowableOfType(
            WorkerResponseException.class, () -> service.get("/").fetch(Integer.class));

    assertShowsNothing(failure);
    ServiceError downstream = Objects.requireNonNull(failure.downstreamError());
    assertShowsNothing(downstream + " " + downstream.diagnosis());
  }

  private static void assertShowsNothing(WorkerException failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    assertShowsNothing(trace + " " + failure.serviceError() + failure.diagnosis());
  }

  /** Neither the token nor a longer part of it. */
  private static void assertShowsNothing(String text) {
    for (int at = 0; at + 8 <= TOKEN.length(); at++) {
      assertThat(text).doesNotContain(TOKEN.substring(at, at + 8));
    }
  }

  /** Quotes the body wherever it can, as codecs do. */
  private static final class QuotingCodec implements BodyCodec {
    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(Object value) {
      return new byte[0];
    }

    @Override
    public Object decode(byte[] body, Type type) throws IOException {
      throw new IOException("unexpected: " + new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
      String text = new String(body, StandardCharsets.UTF_8);
      return ServiceError.builder(text, "GET /" + text, "CODE")
          .message(text)
          .rayId(text)
          .attempts(List.of(Attempt.builder(text).failure(text, text).rayId(text).build()))
          .build();
    }
  }
}
