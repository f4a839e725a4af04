#!/bin/sh
# Call.execute() declares IOException alone. Interrupted while it connects, OkHttp's default client
# (fastFallback is on) throws java.lang.InterruptedException out of it, a checked exception that javac does
# not let a Java caller catch there, and the thread's interrupt flag is cleared. A "catch (IOException e)"
# does not see it. With fastFallback(false) the interrupt changes nothing: the connect time-out ends the call,
# with the flag kept.
# okhttp-jvm 5.5.1, JDK 17. Needs mvn and java. Exits 1 if this has changed.
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
  </dependencies>
</project>
POM
cat > Main.java <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Main {
  public static void main(String[] args) throws Exception {
    for (boolean fastFallback : new boolean[] {true, false}) {
      CountDownLatch connecting = new CountDownLatch(1);
      OkHttpClient client =
          new OkHttpClient.Builder()
              .fastFallback(fastFallback)
              .connectTimeout(Duration.ofSeconds(3))
              .socketFactory(new NobodyAnswers(connecting))
              .build();
      Request request = new Request.Builder().url("http://127.0.0.1:9/").build();
      Thread caller =
          new Thread(
              () -> {
                try (Response response = client.newCall(request).execute()) {
                  System.out.println("answered");
                } catch (IOException e) {
                  say(fastFallback, e, "catch (IOException)");
                } catch (Throwable e) {
                  say(fastFallback, e, "catch (Throwable)");
                }
              });
      caller.start();
      connecting.await();
      caller.interrupt();
      caller.join();
    }
    System.exit(0);
  }

  private static void say(boolean fastFallback, Throwable e, String where) {
    System.out.println(
        "fastFallback(" + fastFallback + "): " + e.getClass().getName() + ", seen by " + where
            + ", interrupt flag " + Thread.currentThread().isInterrupted());
  }

  /** Connects as to a host that drops packets. A plain socket's connect is not ended by an interrupt, either. */
  private static final class NobodyAnswers extends SocketFactory {
    private final CountDownLatch connecting;

    NobodyAnswers(CountDownLatch connecting) {
      this.connecting = connecting;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress to, int millis) throws IOException {
          connecting.countDown();
          long end = System.nanoTime() + millis * 1_000_000L;
          while (System.nanoTime() < end && !isClosed()) {
            Thread.onSpinWait();
          }
          throw new SocketTimeoutException("Connect timed out");
        }
      };
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
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
fastFallback(true): java.lang.InterruptedException, seen by catch (Throwable), interrupt flag false
fastFallback(false): java.net.SocketTimeoutException, seen by catch (IOException), interrupt flag true
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
