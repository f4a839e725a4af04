package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes server sockets whose connections do four things that MockWebServer can't. They send at
 * once: it writes an answer's headers and body apart, and the kernel would hold the second back
 * until the client acknowledged the first, 40 ms a call. They can be reset before a request is
 * read, which needs its head first: MockWebServer decides that before it knows what is asked. And
 * they close when they break: it keeps such a connection's file open until it is closed itself. And
 * the connection of a WebSocket can be reset.
 */
final class WatchedSockets extends ServerSocketFactory {
  /** The header that is another one in each upgrade to a WebSocket. */
  static final String KEY = "Sec-WebSocket-Key";

  private final Predicate<RequestHead> leavesUnread;
  private final Map<String, WatchedSocket> upgrading = new ConcurrentHashMap<>();

  WatchedSockets(Predicate<RequestHead> leavesUnread) {
    this.leavesUnread = leavesUnread;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        Socket socket = new WatchedSocket();
        implAccept(socket);
        socket.setTcpNoDelay(true);
        return socket;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException();
  }

  /** Resets the connection on which that was asked to become a WebSocket. */
  void cut(@Nullable String key) {
    WatchedSocket socket = key == null ? null : upgrading.get(key);
    if (socket != null) {
      try {
        socket.reset();
      } catch (IOException e) {
        // It is broken.
      }
    }
  }

  private final class WatchedSocket extends Socket {
    private final HeadWatch watch = new HeadWatch();
    private volatile @Nullable String key;

    /** Sends a reset. */
    void reset() throws IOException {
      setSoLinger(true, 0);
      close();
    }

    private void note(RequestHead head) {
      key = head.headers().get(KEY);
      if (key != null) {
        upgrading.put(key, this);
      }
    }

    @Override
    public synchronized void close() throws IOException {
      if (key != null) {
        upgrading.remove(key);
      }
      super.close();
    }

    /** Thrown when a body is abandoned and the client is to see its end. */
    @Override
    public void shutdownOutput() throws IOException {
      close();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream in = super.getInputStream();
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          try {
            int count = in.read(bytes, offset, length);
            RequestHead head = watch.received(bytes, offset, count);
            if (head != null) {
              note(head);
            }
            if (head != null && leavesUnread.test(head)) {
              reset();
              throw new IOException("reset before the request was read");
            }
            return count;
          } catch (IOException e) {
            WatchedSocket.this.close();
            throw e;
          }
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          watch.answering(bytes, offset, length);
          try {
            out.write(bytes, offset, length);
          } catch (IOException e) {
            WatchedSocket.this.close();
            throw e;
          }
        }

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }
  }
}
