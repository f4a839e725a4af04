#!/bin/sh
# OkHttp sends a POST again by itself when the answer is 503 with "Retry-After: 0", also with
# retryOnConnectionFailure(false), followRedirects(false) and over HTTP/1.1 and HTTP/2 alike. The
# caller sees the second answer alone.
# okhttp-jvm and mockwebserver3 5.5.1, JDK 17. Needs mvn and java. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.5.1</version></dependency>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>mockwebserver3</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
POM
cat > Main.java <<'JAVA'
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.*;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Main {
  public static void main(String[] args) throws Exception {
    for (Protocol protocol : List.of(Protocol.HTTP_1_1, Protocol.H2_PRIOR_KNOWLEDGE)) {
      for (String retryAfter : List.of("0", "1")) {
        AtomicInteger orders = new AtomicInteger();
        MockWebServer server = new MockWebServer();
        server.setProtocols(List.of(protocol));
        server.setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                return orders.incrementAndGet() == 1
                    ? new MockResponse.Builder().code(503).setHeader("Retry-After", retryAfter).build()
                    : new MockResponse.Builder().code(201).build();
              }
            });
        server.start();
        OkHttpClient client =
            new OkHttpClient.Builder()
                .protocols(List.of(protocol))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
        Request order =
            new Request.Builder()
                .url(server.url("/orders"))
                .post(RequestBody.create("one pizza", MediaType.get("text/plain")))
                .build();
        try (Response response = client.newCall(order).execute()) {
          System.out.println(
              protocol + ", Retry-After: " + retryAfter + " -> the caller sees "
                  + response.code() + ", the server got " + orders + " POST");
        }
        server.close();
      }
    }
    System.exit(0);
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
http/1.1, Retry-After: 0 -> the caller sees 201, the server got 2 POST
http/1.1, Retry-After: 1 -> the caller sees 503, the server got 1 POST
h2_prior_knowledge, Retry-After: 0 -> the caller sees 201, the server got 2 POST
h2_prior_knowledge, Retry-After: 1 -> the caller sees 503, the server got 1 POST
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
