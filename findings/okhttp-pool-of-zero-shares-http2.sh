#!/bin/sh
# new ConnectionPool(0, 1, NANOSECONDS), which is what one writes to have a connection for each call, keeps no
# idle connection, but calls that run at the same time still share one over HTTP/2. Over HTTP/1.1 each has its own.
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
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
  private static final int CALLS = 4;

  public static void main(String[] args) throws Exception {
    for (Protocol protocol : List.of(Protocol.HTTP_1_1, Protocol.H2_PRIOR_KNOWLEDGE)) {
      MockWebServer server = new MockWebServer();
      server.setProtocols(List.of(protocol));
      for (int i = 0; i <= CALLS; i++) {
        server.enqueue(new MockResponse.Builder().headersDelay(1, TimeUnit.SECONDS).body("x").build());
      }
      server.start();
      OkHttpClient client =
          new OkHttpClient.Builder()
              .protocols(List.of(protocol))
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
              .build();
      CountDownLatch answered = new CountDownLatch(CALLS);
      for (int i = 0; i < CALLS; i++) {
        client.newCall(new Request.Builder().url(server.url("/")).build()).enqueue(new Reader(answered));
      }
      answered.await();
      Set<Integer> connections = new TreeSet<>();
      for (int i = 0; i < CALLS; i++) {
        connections.add(server.takeRequest().getConnectionIndex());
      }
      int together = connections.size();
      try (Response response = client.newCall(new Request.Builder().url(server.url("/")).build()).execute()) {
        response.body().string();
      }
      connections.add(server.takeRequest().getConnectionIndex());
      System.out.println(
          protocol + ": " + CALLS + " calls at once use " + together + " connection(s), a call afterwards "
              + (connections.size() > together ? "a new one" : "an old one"));
      server.close();
    }
    System.exit(0);
  }

  private record Reader(CountDownLatch answered) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      System.out.println(e);
      answered.countDown();
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      response.body().string();
      answered.countDown();
    }
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
http/1.1: 4 calls at once use 4 connection(s), a call afterwards a new one
h2_prior_knowledge: 4 calls at once use 1 connection(s), a call afterwards a new one
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
