package dev.workerclient.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountedSocketsTest {
  private static final byte[] HALF = new byte[NetworkBody.Overhead.AHEAD / 2];

  @Test
  void onlyReadsWithinABodyCountAndThenForThatBody() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = CountedSockets.over(SocketFactory.getDefault(), false).createSocket()) {
      socket.connect(server.getLocalSocketAddress());
      NetworkBody.Overhead body = new NetworkBody.Overhead();
      try (Socket accepted = server.accept()) {
        accepted.setSoLinger(true, 0); // The test ends with bytes unread.
        InputStream in = socket.getInputStream();
        send(accepted, in, null);
        send(accepted, in, body);
        send(accepted, in, null);
        send(accepted, in, body);

        assertThatThrownBy(() -> send(accepted, in, body))
            .isInstanceOf(NetworkBody.ExcessException.class);
      }
    }
  }

  private static void send(Socket from, InputStream to, NetworkBody.@Nullable Overhead counting)
      throws IOException {
    for (int sent = 0; sent < HALF.length; sent += 4096) {
      from.getOutputStream().write(HALF, sent, 4096);
      NetworkBody.@Nullable Overhead before = CountedSockets.count(counting);
      try {
        assertThat(to.readNBytes(4096)).hasSize(4096);
      } finally {
        CountedSockets.count(before);
      }
    }
  }

  @Test
  void aFactoryOfTheUsersStays() {
    SocketFactory users = CountedSockets.over(SocketFactory.getDefault(), false);
    OkHttpClient base = new OkHttpClient.Builder().socketFactory(users).build();

    assertThat(Transport.hardened(base, Duration.ofSeconds(1), false).socketFactory())
        .isSameAs(users);
    assertThat(Transport.hardened(new OkHttpClient(), Duration.ofSeconds(1), false).socketFactory())
        .isInstanceOf(CountedSockets.class);
  }
}
