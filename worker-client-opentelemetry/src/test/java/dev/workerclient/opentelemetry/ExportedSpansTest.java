package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RecordedRequest;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The spans of six calls, in memory, at a collector, and in the headers that the servers got. */
@SuppressWarnings("try") // Scopes.
@Timeout(120)
class ExportedSpansTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final Collector collector = new Collector();
  private final Tracing tracing =
      Tracing.exportedTo(OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint()).build());

  @AfterEach
  void close() {
    tracing.close();
    collector.close();
  }

  @ParameterizedTest
  @EnumSource
  void namesAndParents(Listeners listeners) {
    call(listeners);

    Map<String, List<String>> expected = new HashMap<>();
    expected.put(
        "SUCCESS",
        List.of(
            "SUCCESS",
            " CATALOG GET /v1/items/{id}",
            "  GET /v1/items/{id} binding-proxy DELIVERED"));
    expected.put(
        "FALLBACK",
        List.of(
            "FALLBACK",
            " ORDERS GET /v1/items/{id}",
            "  GET /v1/items/{id} binding-proxy NOT_DELIVERED",
            "  GET /v1/items/{id} custom-domain DELIVERED resend 1"));
    expected.put(
        "RETRY",
        List.of(
            "RETRY",
            " MEDIA GET /v1/items/{id}",
            "  GET /v1/items/{id} binding-proxy UNKNOWN",
            "  GET /v1/items/{id} binding-proxy DELIVERED resend 1"));
    expected.put(
        "ERROR_1042",
        List.of(
            "ERROR_1042",
            " LEGACY GET /v1/items/{id}",
            "  GET /v1/items/{id} custom-domain UNKNOWN"));
    String rpcAttempt = listeners == Listeners.MICROMETER ? "owner, greet" : "POST";
    expected.put(
        "RPC_BATCH",
        List.of(
            "RPC_BATCH", " ACCOUNTS owner, greet", "  " + rpcAttempt + " binding-proxy DELIVERED"));
    expected.put(
        "ASYNC_QUEUED",
        List.of(
            "ASYNC_QUEUED",
            " STOCK GET /v1/items/{id}",
            "  GET /v1/items/{id} binding-proxy DELIVERED",
            " STOCK GET /v1/items/{id}",
            "  GET /v1/items/{id} binding-proxy DELIVERED"));
    assertThat(trees(tracing.spans())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void theCollectorGetsTheSame(Listeners listeners) {
    call(listeners);

    assertThat(collector.spans().stream().map(ExportedSpansTest::line))
        .containsExactlyInAnyOrderElementsOf(
            tracing.spans().stream().map(ExportedSpansTest::line).toList())
        .hasSize(22);
  }

  private static String line(SpanData span) {
    return span.getName() + " " + span.getSpanId() + " below " + parent(span.getParentSpanId());
  }

  private static String line(io.opentelemetry.proto.trace.v1.Span span) {
    HexFormat hex = HexFormat.of();
    return span.getName()
        + " "
        + hex.formatHex(span.getSpanId().toByteArray())
        + " below "
        + hex.formatHex(span.getParentSpanId().toByteArray());
  }

  private static String parent(String id) {
    return id.matches("0*") ? "" : id;
  }

  /** Each attempt's span is the parent of what the server does with it. */
  @ParameterizedTest
  @EnumSource
  void everyAttemptOfEitherRouteSendsItsOwnTraceparentAndTheBaggage(Listeners listeners) {
    call(listeners);

    List<String> attempts =
        tracing.spans().stream()
            .filter(span -> attribute(span, "url.full") != null)
            .map(span -> traceparent(span.getSpanContext()))
            .toList();
    List<RecordedRequest> requests =
        Stream.of(Scenarios.values())
            .map(scenario -> workers.service(scenario.service()))
            .flatMap(
                service ->
                    Stream.concat(
                        service.binding().requests().stream(),
                        service.customDomain().requests().stream()))
            .toList();
    assertThat(requests.stream().map(request -> request.header("traceparent")))
        .containsExactlyInAnyOrderElementsOf(attempts)
        .hasSize(9);
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.header("baggage")).isEqualTo("user=ann"));
  }

  private static String traceparent(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }

  /** Makes the calls, each below a span of its caller. */
  private void call(Listeners listeners) {
    Scenarios.scriptAll(workers);
    try (WorkerClient client =
        workers
            .builder()
            .listener(listeners.listener(tracing.sdk()))
            .maxConcurrentCalls(1)
            .build()) {
      for (Scenarios scenario : Scenarios.values()) {
        Span caller = tracing.sdk().getTracer("test").spanBuilder(scenario.name()).startSpan();
        try (Scope unused = caller.makeCurrent();
            Scope alsoUnused = Baggage.builder().put("user", "ann").build().makeCurrent()) {
          scenario.run(client::service);
        }
        caller.end();
      }
    }
    tracing.flush();
  }

  private static @Nullable Object attribute(SpanData span, String key) {
    return span.getAttributes().asMap().entrySet().stream()
        .filter(each -> each.getKey().getKey().equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, List<String>> trees(List<SpanData> spans) {
    Map<String, List<String>> trees = new HashMap<>();
    for (SpanData span : spans) {
      if (parent(span.getParentSpanId()).isEmpty()) {
        List<String> tree = new ArrayList<>();
        add(span, spans, "", tree);
        trees.put(span.getName(), tree);
      }
    }
    return trees;
  }

  private static void add(SpanData span, List<SpanData> spans, String indent, List<String> tree) {
    StringBuilder line = new StringBuilder(indent + span.getName());
    if (attribute(span, "url.full") != null) {
      Object route = attribute(span, "worker.route");
      line.append(' ').append(route == null ? attribute(span, "route") : route);
      line.append(' ').append(attribute(span, "worker.delivery"));
      Object resent = attribute(span, "http.request.resend_count");
      line.append(resent == null ? "" : " resend " + resent);
    }
    tree.add(line.toString());
    spans.stream()
        .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
        .forEach(child -> add(child, spans, indent + " ", tree));
  }
}
