package dev.workerclient;

import static dev.workerclient.Breakers.proxyOnly;
import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCancelledException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt before anything is sent ends the call, and stays visible to its caller. */
@Timeout(60)
class InterruptTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @BeforeEach
  void theRouteIsHealthy() {
    fleet.proxy().answers(answered(200, "{}"));
  }

  @AfterEach
  void clear() {
    boolean unused = Thread.interrupted();
  }

  static Stream<Named<OkHttpClient>> clients() {
    Thread caller = Thread.currentThread();
    return Stream.of(
        Named.of(
            "in DNS",
            new OkHttpClient.Builder()
                .dns(
                    host -> {
                      caller.interrupt();
                      return List.of(InetAddress.getLoopbackAddress());
                    })
                .build()),
        Named.of(
            "in DNS, with one address at a time",
            new OkHttpClient.Builder()
                .fastFallback(false)
                .dns(
                    host -> {
                      caller.interrupt();
                      return List.of(InetAddress.getLoopbackAddress());
                    })
                .build()),
        Named.of(
            "while connecting",
            new OkHttpClient.Builder().socketFactory(new HangingConnects(caller)).build()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anInterruptOfTheCaller(OkHttpClient http) {
    String named = fleet.proxy().url().replace("127.0.0.1", "localhost"); // So DNS is asked.
    WorkerService service =
        fleet.service(proxyOnly(fleet, new TestTiming()).bindingProxy(named).okHttpClient(http));

    for (int i = 0; i < 10; i++) {
      WorkerCancelledException failure =
          catchThrowableOfType(WorkerCancelledException.class, () -> service.post("/").execute());

      assertThat(Thread.interrupted()).as("the flag").isTrue();
      assertThat(failure.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(failure.attempts()).hasSize(1);
    }
    assertThat(fleet.proxy().requests()).isEmpty();
    assertThat(http.connectionPool().idleConnectionCount())
        .isEqualTo(http.connectionPool().connectionCount());
  }

  /** Makes sockets that never connect, and interrupt that thread when they should. */
  private static final class HangingConnects extends SocketFactory {
    private final Thread interrupted;

    HangingConnects(Thread interrupted) {
      this.interrupted = interrupted;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
          interrupted.interrupt();
          try {
            closed.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          throw new IOException("closed");
        }

        @Override
        public synchronized void close() {
          closed.countDown();
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
