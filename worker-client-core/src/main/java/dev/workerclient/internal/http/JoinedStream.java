package dev.workerclient.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams one after another; each is closed at its end, and all of them by {@link #close}. */
final class JoinedStream extends InputStream {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final Deque<InputStream> streams = new ArrayDeque<>();

  void add(InputStream stream) {
    streams.add(stream);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!streams.isEmpty()) {
      int read = streams.getFirst().read(bytes, offset, length);
      if (read >= 0) {
        return read;
      }
      streams.removeFirst().close();
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    try {
      while (!streams.isEmpty()) {
        streams.removeFirst().close();
      }
    } finally {
      closeQuietly(); // Those after one whose close() threw.
    }
  }

  /** Closes what is open still, whatever a close throws. */
  void closeQuietly() {
    while (!streams.isEmpty()) {
      try {
        streams.removeFirst().close();
      } catch (Throwable e) { // Of any type, since it may be written in Kotlin.
        LOGGER.warn("a part of the request's body could not be closed", UserCode.ignored(e));
      }
    }
  }
}
