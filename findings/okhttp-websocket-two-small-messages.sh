#!/bin/sh
# OkHttp's WebSocket leaves Nagle's algorithm on: of two small messages in a row, the second waits for the
# acknowledgement of the first, which the other side delays by 40 ms.
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
    for (boolean noDelay : new boolean[] {false, true}) {
      MockWebServer server = new MockWebServer();
      server.enqueue(
          new MockResponse.Builder()
              .webSocketUpgrade(
                  new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String text) {
                      if (text.equals("second")) socket.send("answer");
                    }
                  })
              .build());
      server.start();
      SocketFactory sockets =
          new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
              Socket socket = new Socket();
              if (noDelay) socket.setTcpNoDelay(true);
              return socket;
            }

            @Override
            public Socket createSocket(String host, int port) {
              throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
              throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
              throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
              throw new UnsupportedOperationException();
            }
          };
      BlockingQueue<String> answers = new LinkedBlockingQueue<>();
      WebSocket socket =
          new OkHttpClient.Builder()
              .socketFactory(sockets)
              .build()
              .newWebSocket(
                  new Request.Builder().url(server.url("/")).build(),
                  new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket from, String text) {
                      answers.add(text);
                    }
                  });
      long[] nanos = new long[51];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        socket.send("first");
        socket.send("second");
        answers.take();
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      boolean slow = Duration.ofNanos(nanos[25]).toMillis() >= 35;
      System.out.println(
          (noDelay ? "with TCP_NODELAY" : "as OkHttp makes its sockets")
              + ", two messages and an answer take "
              + (slow ? "40 ms or more" : "less than 35 ms"));
    }
    System.exit(0);
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
as OkHttp makes its sockets, two messages and an answer take 40 ms or more
with TCP_NODELAY, two messages and an answer take less than 35 ms
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
