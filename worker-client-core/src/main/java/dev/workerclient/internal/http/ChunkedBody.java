package dev.workerclient.internal.http;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A chunked body whose framing is bounded. OkHttp 5.5.1 reads a chunk's size and extension without
 * a limit, before it returns from a read. When a broken body is closed, it parses what is left
 * (measured: 5 s for 11 MB of zeros before a chunk's size). One thread at a time.
 */
final class ChunkedBody extends ForwardingSource {
  private final Overhead overhead = new Overhead();
  private boolean broken;

  ChunkedBody(Source source) {
    super(source);
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    @Nullable Overhead before = CountedSockets.count(overhead);
    try {
      long read = super.read(sink, byteCount);
      overhead.delivered(Math.max(0, read));
      return read;
    } catch (IOException e) {
      broken = true; // OkHttp has let go of the exchange by now.
      throw e;
    } finally {
      CountedSockets.count(before);
    }
  }

  /** Reads on for the connection's sake, within what is left of the overhead. */
  @Override
  public void close() throws IOException {
    if (broken) {
      return;
    }
    @Nullable Overhead before = CountedSockets.count(overhead);
    try {
      super.close();
    } finally {
      CountedSockets.count(before);
    }
  }
}
