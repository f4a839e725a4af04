package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import okio.ByteString;

/** Writes a body at its pace, with a length that says all of it. */
final class PacedBody implements MockResponseBody {
  private final ByteString body;
  private final Pace pace;
  private final Hold.Waiter waiter;

  PacedBody(ByteString body, Pace pace, Hold.Waiter waiter) {
    this.body = body;
    this.pace = pace;
    this.waiter = waiter;
  }

  @Override
  public long getContentLength() {
    return body.size();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    int end = Math.min(body.size(), pace.most());
    for (int from = 0; from < end; ) {
      if (from > 0) {
        sleep(pace.between(), sink);
      }
      int length = Math.min(pace.piece(), end - from);
      sink.write(body, from, length);
      sink.flush();
      from += length;
    }
    if (end < body.size() && pace.stop() == Pace.Stop.SILENCE) {
      sleep(Hold.Waiter.FOREVER, sink);
    }
  }

  private void sleep(Duration time, BufferedSink sink) throws IOException {
    try {
      if (waiter.await(time)) {
        sink.close(); // MockWebServer would leave the connection open.
        throw new InterruptedIOException("the mock was reset or closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
