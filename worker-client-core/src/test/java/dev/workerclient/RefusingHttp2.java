package dev.workerclient;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/2 server that carries one stream a connection at once, refuses others, and has not said
 * so. Answers when that many requests have arrived.
 */
final class RefusingHttp2 implements AutoCloseable {
  private final RawHttp2 server;
  private final CountDownLatch awaited;
  private final AtomicInteger carried = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  RefusingHttp2(int requests) {
    awaited = new CountDownLatch(requests);
    server = new RawHttp2(OneStream::new);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** How many requests were answered. */
  int carried() {
    return carried.get();
  }

  /** How many were refused. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private final class OneStream implements RawHttp2.Handler {
    private final RawHttp2.Connection connection;
    private int current;

    OneStream(RawHttp2.Connection connection) {
      this.connection = connection;
    }

    @Override
    public synchronized void received(int type, int flags, int stream) throws IOException {
      if (type == RawHttp2.HEADERS) {
        awaited.countDown();
        if (current == 0) {
          current = stream;
        } else {
          refused.incrementAndGet();
          byte[] code = {0, 0, 0, RawHttp2.REFUSED_STREAM};
          connection.write(RawHttp2.RST_STREAM, 0, stream, code);
        }
      }
      if (RawHttp2.Handler.endsRequest(type, flags) && stream == current) {
        carried.incrementAndGet();
        RawHttp2.start(() -> answer(stream));
      }
    }

    private void answer(int stream) {
      try {
        awaited.await();
        synchronized (this) {
          current = 0;
          int flags = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
          connection.write(RawHttp2.HEADERS, flags, stream, RawHttp2.STATUS_200);
        }
      } catch (IOException | InterruptedException e) {
        // The client went away.
      }
    }
  }
}
