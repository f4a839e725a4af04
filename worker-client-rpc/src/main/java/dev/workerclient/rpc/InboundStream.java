package dev.workerclient.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the Worker's ReadableStream as bytes. Its reader may be any thread, one at a time. */
final class InboundStream extends InputStream {
  private final ChunkQueue chunks;
  private final Duration patience;
  private volatile ChunkQueue.@Nullable Chunk current; // Another thread may close it.
  private byte[] bytes = new byte[0];
  private int offset;

  /** Makes it; a read waits so long for more. */
  InboundStream(ChunkQueue chunks, Duration patience) {
    this.chunks = chunks;
    this.patience = patience;
    Leaks.watch(
        this,
        "an InputStream was neither read to its end nor closed; close it, as by try-with-resources",
        chunks::closeUnlessOver);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, to.length);
    if (length == 0) {
      return 0;
    }
    ChunkQueue.Chunk chunk = await();
    if (chunk == null) {
      return -1;
    }
    int count = Math.min(length, bytes.length - offset);
    System.arraycopy(bytes, offset, to, start, count);
    offset += count;
    if (offset == bytes.length) {
      current = null;
      chunk.read();
    }
    return count;
  }

  /** The chunk to read from; null at the end. */
  private ChunkQueue.@Nullable Chunk await() throws IOException {
    ChunkQueue.Chunk chunk = current;
    while (chunk == null) {
      ChunkQueue.Chunk next = chunks.take(patience);
      if (next == null) {
        return null;
      }
      byte[] content = StreamEnd.bytes(next.tree());
      if (content == null) {
        chunks.fail(next, "a chunk of the stream is neither bytes nor text");
      } else if (content.length == 0) {
        next.read();
      } else {
        bytes = content;
        offset = 0;
        chunk = next;
        current = next;
      }
    }
    return chunk;
  }

  @Override
  public int available() {
    return current == null ? chunks.available() : bytes.length - offset;
  }

  @Override
  public void close() {
    ChunkQueue.Chunk unread = current;
    current = null;
    if (unread != null) {
      unread.refuse(ChunkQueue.CLOSED);
    }
    chunks.close();
  }

  @Override
  public String toString() {
    return "a stream of the Worker";
  }
}
