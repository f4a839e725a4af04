package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ServerSocketFactory;

/**
 * Makes server sockets whose connections do three things that MockWebServer can't. They send at
 * once: it writes an answer's headers and body apart, and the kernel would hold the second back
 * until the client acknowledged the first, 40 ms a call. They can be reset before a request is
 * read, which needs its head first: MockWebServer decides that before it knows what is asked. And
 * they close when they break: it keeps such a connection's file open until it is closed itself.
 */
final class WatchedSockets extends ServerSocketFactory {
  private final Predicate<RequestHead> leavesUnread;

  WatchedSockets(Predicate<RequestHead> leavesUnread) {
    this.leavesUnread = leavesUnread;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        Socket socket = new WatchedSocket(leavesUnread);
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

  private static final class WatchedSocket extends Socket {
    private final HeadWatch watch = new HeadWatch();
    private final Predicate<RequestHead> leavesUnread;

    WatchedSocket(Predicate<RequestHead> leavesUnread) {
      this.leavesUnread = leavesUnread;
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
            if (head != null && leavesUnread.test(head)) {
              setSoLinger(true, 0); // Makes close send a reset.
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
          watch.answering();
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
