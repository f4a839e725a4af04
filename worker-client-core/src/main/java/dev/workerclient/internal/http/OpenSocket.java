package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Finds out whether the server has closed an idle connection. */
final class OpenSocket {
  private static final int SHORTEST_MILLIS = 1;

  private OpenSocket() {}

  /**
   * Reads from a connection on which no response is due. The end of the stream is there at once;
   * that nothing comes takes the shortest read timeout, about 1.1 ms. A byte that nobody asked for
   * ends a connection too: it would be taken for the start of the next response.
   */
  static boolean isOpen(Socket socket) {
    try {
      int timeout = socket.getSoTimeout();
      socket.setSoTimeout(SHORTEST_MILLIS);
      try {
        int unused = socket.getInputStream().read();
        return false;
      } catch (SocketTimeoutException e) {
        return true;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (IOException e) {
      return false;
    }
  }
}
