package dev.workerclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** Makes the client's sockets, and sees what arrives there before the client looks. */
final class TappedSockets extends SocketFactory {
  private static final int A_LOOK = 1;
  private static final int ENOUGH_MILLIS = 30_000;

  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();

  /** How often a socket was read for the shortest time, to see whether it is open. */
  int looks() {
    return looks.get();
  }

  /** How many connections were made. */
  int count() {
    return sockets.size();
  }

  /** Waits until the end of each stream has arrived; nobody may read them meanwhile. */
  void awaitEnds() throws IOException {
    for (Socket socket : sockets) {
      if (socket.isClosed()) {
        continue;
      }
      socket.setSoTimeout(ENOUGH_MILLIS);
      if (socket.getInputStream().read() != -1) {
        throw new IllegalStateException("more than the end arrived");
      }
    }
  }

  /** Waits until each has bytes that nobody has read. */
  void awaitBytes() throws IOException {
    for (Socket socket : sockets) {
      while (socket.getInputStream().available() == 0) {
        spinUnlessInterrupted();
      }
    }
  }

  /** Waits until the client has closed each. */
  void awaitClosed() {
    while (!sockets.stream().allMatch(Socket::isClosed)) {
      spinUnlessInterrupted();
    }
  }

  /** Waits a moment, until the test's time is up. */
  static void spinUnlessInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("what was waited for did not happen");
    }
    Thread.onSpinWait();
  }

  @Override
  public Socket createSocket() {
    Socket socket =
        new Socket() {
          @Override
          public synchronized void setSoTimeout(int timeout) throws SocketException {
            if (timeout == A_LOOK) {
              looks.incrementAndGet();
            }
            super.setSoTimeout(timeout);
          }
        };
    sockets.add(socket);
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
}
