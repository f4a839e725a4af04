package dev.workerclient.opentelemetry;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Stands in for an OpenTelemetry collector: takes spans in OTLP over HTTP. */
final class Collector implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  Collector() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return take(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MockResponse take(RecordedRequest request) {
    try {
      byte[] body = java.util.Objects.requireNonNull(request.getBody()).toByteArray();
      ExportTraceServiceRequest.parseFrom(body)
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(scope -> spans.addAll(scope.getSpansList())));
      return new MockResponse.Builder().code(200).build();
    } catch (IOException e) {
      return new MockResponse.Builder().code(400).build();
    }
  }

  String endpoint() {
    return server.url("/v1/traces").toString();
  }

  List<Span> spans() {
    return spans;
  }

  @Override
  public void close() {
    server.close();
  }
}
