#!/bin/sh
# An HTTP/2 connection whose path went silent (packets are dropped, no FIN): a call that ends by its read time-out
# makes OkHttp ping the connection and give it up a second later. A call that ends by callTimeout, or by
# call.cancel(), tells OkHttp nothing: every later call uses the same dead connection and fails (watched for 10 s).
# okhttp-jvm and mockwebserver3 5.5.1, JDK 17. Needs mvn and java; takes 25 s. Exits 1 if this has changed.
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
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  public static void main(String[] args) throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    for (String way : List.of("readTimeout", "callTimeout", "cancel")) {
      MockWebServer server = new MockWebServer();
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse.Builder().body("x").build();
            }
          });
      server.start();
      Path path = new Path(server.getPort());
      OkHttpClient.Builder builder = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      OkHttpClient client =
          switch (way) {
            case "readTimeout" -> builder.readTimeout(LIMIT).build();
            case "callTimeout" -> builder.callTimeout(LIMIT).build();
            default -> builder.build();
          };
      Request request = new Request.Builder().url("http://127.0.0.1:" + path.port() + "/").build();
      get(client.newCall(request));
      path.firstConnectionGoesSilent = true;
      long start = System.nanoTime();
      boolean answered = false;
      while (!answered && System.nanoTime() - start < PATIENCE.toNanos()) {
        Call call = client.newCall(request);
        if (way.equals("cancel")) {
          timer.schedule(call::cancel, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
          get(call);
          answered = true;
        } catch (IOException e) {
          // The next one.
        }
      }
      boolean soon = System.nanoTime() - start < PATIENCE.toNanos() / 2;
      System.out.println(
          way + " of 500 ms: " + (answered && soon ? "answered within 5 s" : "every call failed for 10 s")
              + ", connections made: " + path.connections);
      server.close();
    }
    System.exit(0);
  }

  private static void get(Call call) throws IOException {
    try (Response response = call.execute()) {
      response.body().string();
    }
  }

  /** Passes bytes on, until the first connection goes silent. */
  private static final class Path {
    final AtomicInteger connections = new AtomicInteger();
    volatile boolean firstConnectionGoesSilent;
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Path(int target) throws IOException {
      start(
          () -> {
            while (true) {
              Socket client = socket.accept();
              int number = connections.incrementAndGet();
              Socket server = new Socket("127.0.0.1", target);
              start(() -> pump(client, server, number));
              start(() -> pump(server, client, number));
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    private void pump(Socket from, Socket to, int number) throws IOException {
      byte[] bytes = new byte[8192];
      for (int n = from.getInputStream().read(bytes); n > 0; n = from.getInputStream().read(bytes)) {
        if (number > 1 || !firstConnectionGoesSilent) {
          to.getOutputStream().write(bytes, 0, n);
        }
      }
    }

    private static void start(Loop loop) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  loop.run();
                } catch (IOException e) {
                  // Closed.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private interface Loop {
      void run() throws IOException;
    }
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
readTimeout of 500 ms: answered within 5 s, connections made: 2
callTimeout of 500 ms: every call failed for 10 s, connections made: 1
cancel of 500 ms: every call failed for 10 s, connections made: 1
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
