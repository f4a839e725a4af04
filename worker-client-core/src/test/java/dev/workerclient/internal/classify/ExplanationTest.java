package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an answer: only what its evidence allows, the likeliest first. */
class ExplanationTest {
  private static @Nullable Explanation explain(int status, String body, String... headers) {
    return Explanation.of(
        status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8), false);
  }

  private static Explanation explained(int status, String body, String... headers) {
    return Objects.requireNonNull(explain(status, body, headers));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 413, 429, 500, 502, 503, 522})
  void aPlainAnswerFromElsewhereIsNotGuessedToBeCloudflares(int status) {
    assertThat(explain(status, "no", "Content-Type", "text/plain", "Server", "nginx")).isNull();
    assertThat(explain(status, "no", "Content-Type", "text/plain")).isNull();
  }

  @Test
  void aPlain500IsNotGuessedToBeCloudflares() {
    assertThat(explain(500, "oops", "Content-Type", "text/html", "Server", "cloudflare")).isNull();
  }

  @Test
  void dataIsNotGuessedToBeCloudflares() {
    assertThat(explain(403, "{}", "Content-Type", "application/json", "Server", "cloudflare"))
        .isNull();
  }

  @Test
  void aPlain403BehindCloudflareIsExplainedByTheFirewallFirst() {
    Explanation explanation =
        explained(403, "Forbidden", "Content-Type", "text/plain", "Server", "cloudflare");

    assertThat(explanation.cause())
        .startsWith("if it comes from Cloudflare instead: a firewall")
        .containsSubsequence("firewall", "TLS");
    assertThat(explanation.fix()).startsWith("look for the ray ID under Security > Events");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Durable Object's isolate exceeded its memory limit and was reset. | 128 MB",
        "Durable Object exceeded its CPU time limit and was reset. | CPU time",
        "Connection closed: this Durable Object instance is no longer active. Reconnect or retry"
            + " the request. | shut down",
        "Durable Object connection closed because the object was reset. | shut down",
        "TypeError: The Durable Object's code has been updated, this version can no longer access"
            + " storage. | shut down",
        "Error: Cannot resolve Durable Object due to transient issue on remote node. | shut down",
        "Internal error in Durable Object storage write caused object to be reset. | storage"
            + " failed",
        "Internal error in Durable Object storage caused object to be reset; reference = 0a |"
            + " storage failed",
        "Your account is doing too many concurrent storage operations. Please back off and try"
            + " again later. | concurrent storage operations",
        "Worker exceeded memory limit. | 128 MB"
      })
  void aMessageOfTheRuntimeIsExplained(String message, String cause) {
    assertThat(explained(500, message, "Content-Type", "text/plain").cause())
        .startsWith("it is a Workers runtime message: ")
        .contains(cause);
    assertThat(
            explained(500, "{\"error\":\"" + message + "\"}", "Content-Type", "application/json")
                .cause())
        .contains(cause);
  }

  @Test
  void theDiagnosticHeadersOfAnErrorThatIsPassedOnAreExplained() {
    assertThat(explained(503, "", "cf-error-type", "1102").cause())
        .startsWith("it passes on Cloudflare error 1102: ");
  }
}
