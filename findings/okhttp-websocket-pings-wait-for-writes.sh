#!/bin/sh
# OkHttp's pingInterval does not find a WebSocket whose peer has stopped reading: pings are written by the thread
# on which a write of a message hangs. Without a message under way, it does.
# okhttp-jvm and mockwebserver3 5.5.1, JDK 17, Linux. Needs mvn and java. Exits 1 if this has changed.
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
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.*;
import javax.net.SocketFactory;
import mockwebserver3.*;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

public class Main {
  public static void main(String[] args) throws Exception {
    for (boolean sending : new boolean[] {false, true}) {
      MockWebServer server = new MockWebServer();
      CountDownLatch reading = new CountDownLatch(1);
      server.enqueue(
          new MockResponse.Builder()
              .webSocketUpgrade(
                  new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                      try {
                        reading.await(); // Reads nothing more, and answers no ping.
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  })
              .build());
      server.start();
      CountDownLatch failed = new CountDownLatch(1);
      WebSocket socket =
          new OkHttpClient.Builder()
              .pingInterval(Duration.ofSeconds(1))
              .writeTimeout(Duration.ofSeconds(30))
              .build()
              .newWebSocket(
                  new Request.Builder().url(server.url("/")).build(),
                  new WebSocketListener() {
                    @Override
                    public void onFailure(WebSocket at, Throwable e, Response response) {
                      failed.countDown();
                    }
                  });
      socket.send("stop reading");
      if (sending) {
        for (int i = 0; i < 15; i++) socket.send("x".repeat(1 << 20));
      }
      boolean found = failed.await(8, TimeUnit.SECONDS);
      System.out.println(
          (sending ? "while messages are written" : "while nothing is written")
              + ", pings every second "
              + (found ? "find" : "do not find")
              + " within 8 s that the peer is gone");
      reading.countDown();
      socket.cancel();
    }
    System.exit(0);
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
while nothing is written, pings every second find within 8 s that the peer is gone
while messages are written, pings every second do not find within 8 s that the peer is gone
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
