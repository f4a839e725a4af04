package dev.workerclient.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The Worker's WritableStream. Bytes are gathered to chunks of 64 KiB; {@link #flush} sends what
 * there is. Used by one thread at a time.
 */
final class RemoteOutputStream extends OutputStream {
  private final ChunkSender to;

  /** Held, so that the Worker's end is not released before this can't be reached. */
  private final RpcNode owner;

  private byte[] buffer = new byte[1024];
  private int filled;
  private boolean closed;

  RemoteOutputStream(SessionCaller caller, Import at) {
    this.to = new ChunkSender(caller, at, caller.session().callTimeout);
    this.owner = RpcNode.imported("OutputStream", at);
    at.releaseAfter(owner, "OutputStream");
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, from.length);
    requireOpen();
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, ChunkSender.CHUNK - filled);
      makeRoom(count);
      System.arraycopy(from, start + done, buffer, filled, count);
      filled += count;
      done += count;
      if (filled == ChunkSender.CHUNK) {
        send();
      }
    }
  }

  private void makeRoom(int count) {
    if (filled + count > buffer.length) {
      int doubled = Math.max(2 * buffer.length, filled + count);
      buffer = Arrays.copyOf(buffer, Math.min(doubled, ChunkSender.CHUNK));
    }
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    send();
  }

  private void send() throws IOException {
    if (filled > 0) {
      byte[] chunk = Arrays.copyOf(buffer, filled);
      filled = 0;
      to.write(chunk);
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }

  /** Waits until the Worker has taken everything, and throws what kept it from that. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      send();
      to.closeAndWait();
    } finally {
      to.release();
    }
  }

  @Override
  public String toString() {
    return owner.label() + " to the Worker";
  }
}
