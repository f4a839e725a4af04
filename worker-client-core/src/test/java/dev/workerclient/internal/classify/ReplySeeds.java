package dev.workerclient.internal.classify;

import static dev.workerclient.internal.classify.Reply.Name.*;
import static dev.workerclient.internal.classify.Reply.Route.*;

import dev.workerclient.internal.classify.Reply.Field;
import dev.workerclient.internal.classify.Reply.Name;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Where a fuzzer starts from: real responses, and the words that the classifier knows. */
final class ReplySeeds {
  static final String CLASS = "dev.workerclient.internal.classify.ReplySeeds";

  private static final String STRUCTURED = ClassifierTest.structured("1042");
  private static final String MARKDOWN =
      """
      ---
      title: "Error 1015"
      error_code: 1015
      error_name: rate_limited
      error_category: rate_limit
      ray_id: 8f1c
      cloudflare_error: true
      retry_after: 30
      ---
      # Error
      """;
  private static final String HTML =
      "<title>Worker threw exception | a.example | Cloudflare</title><div id=\"cf-wrapper\">"
          + "<div id=\"cf-error-details\"><span class=\"cf-error-code\">1101</span></div></div>";
  private static final String HOSTILE = "\\u001b[31m\\r\\n\\u2028\\u202e\\u0085";
  private static final String HOSTILE_ERROR =
      "{\"cloudflare_error\":true,\"error_code\":1033,\"error_name\":\""
          + HOSTILE
          + "\",\"error_category\":\""
          + HOSTILE
          + "\",\"ray_id\":\""
          + HOSTILE
          + "\"}";
  private static final String PROBLEM = "{\"title\":\"t\",\"detail\":\"no such binding\"}";

  private ReplySeeds() {}

  static Stream<Arguments> replies() {
    return Stream.of(
            Reply.of(DOMAIN, 404, "text/plain; charset=UTF-8", "error code: 1042"),
            Reply.of(PROXY, 404, "text/plain", "error code: 1104\n", field(RAY, "8f1c-FRA")),
            Reply.of(STAMPED, 404, "application/json", STRUCTURED),
            Reply.of(DOMAIN, 404, "application/problem+json", STRUCTURED),
            Reply.of(STAMPED, 429, "text/markdown", MARKDOWN, field(RETRY_AFTER, "30")),
            Reply.of(DOMAIN, 500, "text/html; charset=UTF-8", HTML),
            Reply.of(DOMAIN, 522, "", "", field(SERVER, "cloudflare"), field(CONTENT_LENGTH, "0")),
            Reply.of(DOMAIN, 404, "text/html", "<h1>", field(PREVIEW_ERROR, "true")),
            Reply.of(DOMAIN, 302, "", "", field(LOCATION, "https://a.cloudflareaccess.com/cdn")),
            Reply.of(DOMAIN, 401, "", "", field(WWW_AUTHENTICATE, "Cloudflare-Access x=\"y\"")),
            Reply.of(STAMPED, 403, "text/html", "<html>", field(ACCESS_AUD, "a")),
            Reply.of(DOMAIN, 403, "text/html", "<html>", field(MITIGATED, "challenge")),
            Reply.of(STAMPED, 500, "text/plain", "error code: 1101", field(STAMP, "1")),
            Reply.of(STAMPED, 200, "text/plain", "ok"),
            Reply.of(DOMAIN, 530, "application/json", HOSTILE_ERROR),
            Reply.of(DOMAIN, 429, "text/markdown", MARKDOWN.replace("8f1c", "\u202e\u2028\u001b")),
            proxy(502, "not-dispatched", "NEW", PROBLEM.replace("no", HOSTILE)),
            proxy(502, "not-dispatched", "NEW", PROBLEM.replace("no", "\\u0000".repeat(300))),
            proxy(200, "target-answered", "", "ok"),
            proxy(502, "not-dispatched", "BINDING_MISSING", PROBLEM),
            proxy(502, "dispatch-threw", "TARGET_RETURNED_NO_RESPONSE", PROBLEM),
            proxy(504, "dispatch-threw", "TIMED_OUT", PROBLEM))
        .map(Arguments::of);
  }

  static Stream<Object> values() {
    return Stream.concat(
        Stream.of(STRUCTURED, HOSTILE_ERROR, MARKDOWN, HTML, PROBLEM, "error code: 1020")
            .map(body -> body.getBytes(StandardCharsets.UTF_8)),
        Stream.of(
            "target-answered",
            "not-dispatched",
            "dispatch-threw",
            "TARGET_HUNG",
            "TIMED_OUT",
            "cloudflare",
            "challenge",
            "true",
            "0",
            "120",
            "Sun, 01 Nov 2026 00:00:30 GMT",
            "https://a.cloudflareaccess.com/cdn-cgi/access/login",
            "Cloudflare-Access resource=\"x\"",
            "\u001b[31m\u2028\u202e\u0085\u0000"));
  }

  static Stream<String> contentTypes() {
    return Stream.of(
        "text/plain",
        "application/json",
        "application/problem+json",
        "text/markdown",
        "text/html",
        "TEXT/PLAIN ; charset=utf-8");
  }

  private static Reply proxy(int status, String outcome, String code, String problem) {
    return Reply.of(
        PROXY,
        status,
        "application/problem+json",
        problem,
        field(BINDING_PROXY_OUTCOME, outcome),
        field(BINDING_PROXY_ERROR, code));
  }

  private static Field field(Name name, String value) {
    return new Field(name, value);
  }
}
