package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
  private volatile boolean answering = true;

  Relay(Link link, FaultPlan plan, Queue<Exchange> log) {
    this.link = link;
    this.plan = plan;
    this.log = log;
  }

  void carryRequests() {
    try (link) {
      InputStream in = link.client().getInputStream();
      long offset = 0;
      byte[] buffer = new byte[LONGEST_PIECE];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
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
  private static int readLine(InputStream in, byte[] buffer, int length) throws IOException {
    int there = length;
    while (lineEnd(buffer, there) == there && there < buffer.length) {
      int n = in.read(buffer, there, buffer.length - there);
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
