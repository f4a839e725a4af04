#!/bin/sh
# An application exports its spans by OTLP over HTTP with SimpleSpanProcessor, as samples and tests do, and 40 spans end
# within a few milliseconds. The collector takes all it gets. The exporter's OkHttp runs at most 5 requests at once, on
# a pool of 5 threads that has no queue, and lets a request that ends start the next one from its own thread: while the
# 5 threads are still busy, the pool refuses it ("executor rejected"), and its span is lost. forceFlush reports failure.
# With BatchSpanProcessor, which has one request under way, all 40 arrive.
# opentelemetry-exporter-otlp 1.67.0 with the okhttp that it brings, JDK 17. Needs mvn, javac and java. Exits 1 if this
# has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>example</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.opentelemetry</groupId>
      <artifactId>opentelemetry-sdk</artifactId>
      <version>1.67.0</version>
    </dependency>
    <dependency>
      <groupId>io.opentelemetry</groupId>
      <artifactId>opentelemetry-exporter-otlp</artifactId>
      <version>1.67.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Export.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class Export {
  static final int SPANS = 40;

  /** Counts the spans that the exporter says have arrived. */
  static class Counting implements SpanExporter {
    final AtomicInteger arrived = new AtomicInteger();
    final SpanExporter exporter;

    Counting(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      CompletableResultCode result = exporter.export(spans);
      result.whenComplete(() -> arrived.addAndGet(result.isSuccess() ? spans.size() : 0));
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }

  public static void main(String[] args) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setExecutor(Executors.newCachedThreadPool());
    collector.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    collector.start();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
    Counting simple = new Counting(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build());
    System.out.println("SimpleSpanProcessor: " + run(SimpleSpanProcessor.create(simple), simple));
    Counting batch = new Counting(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build());
    System.out.println("BatchSpanProcessor: " + run(BatchSpanProcessor.builder(batch).build(), batch));
    System.exit(0);
  }

  static String run(SpanProcessor processor, Counting counting) {
    SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(processor).build();
    for (int i = 0; i < SPANS; i++) {
      provider.get("example").spanBuilder("span").startSpan().end();
    }
    provider.forceFlush().join(30, TimeUnit.SECONDS);
    int arrived = counting.arrived.get();
    System.err.println(arrived + " of " + SPANS);
    return arrived == SPANS ? "all spans arrive" : "spans are lost";
  }
}
JAVA
mkdir classes
javac -d classes -cp "lib/*" Export.java
java -cp "classes:lib/*" Export > seen
cat seen
cat > recorded <<'TEXT'
SimpleSpanProcessor: spans are lost
BatchSpanProcessor: all spans arrive
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
