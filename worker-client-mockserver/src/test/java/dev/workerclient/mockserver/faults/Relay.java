package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;

/**
 * Carries one connection, a thread each way. HTTP/1.1 without pipelining is a strict alternation:
 * an exchange begins with the first bytes from the client after any from the server.
 */
final class Relay {
  private static final int LONGEST_PIECE = 16 * 1024;

  private final Link link;
  private final FaultPlan plan;
  private final Queue<Exchange> log;
  private final Duration idleTime;
  private volatile boolean answering = true;

  /**
   * Makes one.
   *
   * @param idleTime after which it ends a connection between two exchanges; zero for never
   */
  Relay(Link link, FaultPlan plan, Queue<Exchange> log, Duration idleTime) {
    this.link = link;
    this.plan = plan;
    this.log = log;
    this.idleTime = idleTime;
  }

  void carryRequests() {
    try (link) {
      link.client().setSoTimeout((int) idleTime.toMillis());
      InputStream in = link.client().getInputStream();
      long offset = 0;
      byte[] buffer = new byte[LONGEST_PIECE];
      for (int n = readInTime(in, buffer, 0); n >= 0; n = readInTime(in, buffer, 0)) {
        if (answering) {
          answering = false;
          offset = 0;
          n = readLine(in, buffer, n);
          begin(buffer, n);
        }
        link.current().fault().onRequest(new Piece(buffer, n, offset), link);
        offset += n;
      }
      link.current().clientEnded();
    } catch (IOException e) {
      if (!link.client().isClosed()) {
        link.current().clientEnded();
      }
      // One of the two has gone, or a fault has closed them.
    }
  }

  void carryResponses() {
    try (link) {
      InputStream in = link.server().getInputStream();
      long offset = 0;
      byte[] buffer = new byte[LONGEST_PIECE];
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        if (!answering) {
          answering = true;
          offset = 0;
        }
        Exchange exchange = link.current();
        exchange.fault().onResponse(new Piece(buffer, n, offset), link);
        exchange.answered();
        offset += n;
      }
      link.serverEnded();
    } catch (IOException e) {
      // The client has gone, or a fault has closed both.
    }
  }

  /** Reads on, unless the connection is idle for too long: then this ends it as a server would. */
  private int readInTime(InputStream in, byte[] buffer, int at) throws IOException {
    while (true) {
      try {
        return in.read(buffer, at, buffer.length - at);
      } catch (SocketTimeoutException e) {
        if (answering && link.current().isAnswered()) {
          link.serverEnded();
          throw e;
        }
      }
    }
  }

  /** The server may end its connection in order or not. */
  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private void begin(byte[] buffer, int length) {
    String line = new String(buffer, 0, lineEnd(buffer, length), StandardCharsets.ISO_8859_1);
    Exchange exchange = new Exchange(line, plan.next(line));
    log.add(exchange);
    link.begin(exchange);
  }

  /** Reads on until the first line is there, and returns how many bytes are. */
  private int readLine(InputStream in, byte[] buffer, int length) throws IOException {
    int there = length;
    while (lineEnd(buffer, there) == there && there < buffer.length) {
      int n = readInTime(in, buffer, there);
      if (n < 0) {
        break;
      }
      there += n;
    }
    return there;
  }

  private static int lineEnd(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\r' || buffer[i] == '\n') {
        return i;
      }
    }
    return length;
  }
}
