package dev.workerclient.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Sends an InputStream as a ReadableStream. Runs on one thread of the session's executor, and
 * closes the stream.
 */
final class OutboundStream implements Outbound {
  private final ChunkSender pipe;
  private final InputStream in;

  OutboundStream(ChunkSender pipe, InputStream in) {
    this.pipe = pipe;
    this.in = in;
  }

  @Override
  public void run() {
    try (in) {
      byte[] buffer = new byte[ChunkSender.CHUNK];
      int read = in.read(buffer);
      while (read >= 0) {
        if (read > 0) {
          pipe.write(Arrays.copyOf(buffer, read));
        }
        read = in.read(buffer);
      }
      CompletableFuture<Inbound> unused = pipe.close();
    } catch (IOException | RuntimeException e) {
      pipe.abort(); // The message of the application's exception stays here.
    } finally {
      pipe.release();
    }
  }

  @Override
  public void giveUp() {
    pipe.release();
  }
}
