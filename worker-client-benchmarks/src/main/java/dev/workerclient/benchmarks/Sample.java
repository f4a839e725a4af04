package dev.workerclient.benchmarks;

import dev.workerclient.internal.classify.BodyPrefix;
import dev.workerclient.internal.classify.Classifier;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Responses as they come from the wire: a dozen headers, with lower-case names as in HTTP/2. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing writes to the bytes of a body.
public enum Sample {
  PLAIN_CUSTOM_DOMAIN(Provenance.customDomain(null), "x-request-id", "4f5a6b7c"),
  PLAIN_STAMPED_DOMAIN(Provenance.customDomain("X-Answered-By"), "x-answered-by", "api-mom"),
  PLAIN_BINDING_PROXY(Provenance.BINDING_PROXY, "binding-proxy-outcome", "target-answered"),
  JSON_404_100_BYTES("application/json", Bodies.json(100)),
  JSON_404_10_KIB("application/json", Bodies.json(10 * 1024)),
  TEXT_1042("text/plain; charset=UTF-8", Bodies.TEXT_1042),
  STRUCTURED_1042("application/problem+json; charset=utf-8", Bodies.STRUCTURED_1042),
  MARKDOWN_1042("text/markdown; charset=utf-8", Bodies.MARKDOWN_1042),
  HTML_1042("text/html; charset=UTF-8", Bodies.html1042());

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

  final Headers headers;
  private final Provenance provenance;
  private final int status;
  private final BodyPrefix body;

  /** A 200 of 100 bytes with that header; its body must not be read. */
  Sample(Provenance provenance, String name, String value) {
    this.provenance = provenance;
    this.status = 200;
    this.headers = headers("application/json", 100, name, value);
    this.body =
        limit -> {
          throw new AssertionError("the body was read");
        };
  }

  /** A 404 from a custom domain without a stamp. */
  Sample(String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    this.provenance = Provenance.customDomain(null);
    this.status = 404;
    this.headers = headers(contentType, bytes.length, "x-request-id", "4f5a6b7c");
    this.body = limit -> Arrays.copyOf(bytes, Math.min(bytes.length, limit));
  }

  @Nullable Failure classify() throws IOException {
    return Classifier.classify(provenance, status, headers, body, CLOCK);
  }

  private static Headers headers(String contentType, int length, String name, String value) {
    return new Headers.Builder()
        .add("date", "Sun, 01 Nov 2026 00:00:00 GMT")
        .add("content-type", contentType)
        .add("content-length", Integer.toString(length))
        .add("cache-control", "private, no-store")
        .add("vary", "Accept-Encoding")
        .add(name, value)
        .add("cf-cache-status", "DYNAMIC")
        .add("report-to", "{\"group\":\"cf-nel\",\"max_age\":604800,\"endpoints\":[]}")
        .add("nel", "{\"report_to\":\"cf-nel\",\"success_fraction\":0,\"max_age\":604800}")
        .add("server", "cloudflare")
        .add("cf-ray", "8f1c2d3e4f5a6b7c-FRA")
        .add("alt-svc", "h3=\":443\"; ma=86400")
        .build();
  }
}
