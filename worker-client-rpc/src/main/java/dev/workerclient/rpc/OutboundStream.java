package dev.workerclient.rpc;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.MessageText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends an InputStream as a ReadableStream: chunk by chunk, no more than a window ahead of what the
 * Worker has taken. Runs on one thread of the session's executor, and closes the stream.
 */
final class OutboundStream implements Runnable {
  private static final int CHUNK = 64 * 1024;

  /** As capnweb begins with. */
  private static final int WINDOW = 256 * 1024;

  private final Session session;
  private final Import pipe;
  private final InputStream in;

  // What follows is guarded by this.
  private int ahead;
  private boolean failed;

  OutboundStream(Session session, Import pipe, InputStream in) {
    this.session = session;
    this.pipe = pipe;
    this.in = in;
  }

  long id() {
    return pipe.id();
  }

  @Override
  public void run() {
    try (in) {
      byte[] buffer = new byte[CHUNK];
      int read = in.read(buffer);
      while (read >= 0) {
        write(Arrays.copyOf(buffer, read));
        read = in.read(buffer);
      }
      send("close", null, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    } catch (IOException | RuntimeException e) {
      abort();
    } finally {
      boolean unused = pipe.release();
    }
  }

  /** The message that was to hold it is not sent. */
  void giveUp() {
    boolean unused = pipe.release();
  }

  /** The message of the application's exception stays here. */
  private void abort() {
    try {
      send("abort", "[\"error\",\"Error\",\"the client could not read the stream\"]", 0);
    } catch (WorkerException e) {
      // The session is over, and the stream with it.
    }
  }

  private void write(byte[] bytes) throws InterruptedException, IOException {
    synchronized (this) {
      while (!failed && ahead > 0 && ahead + bytes.length > WINDOW) {
        wait();
      }
      if (failed) {
        throw new IOException("the Worker does not take the stream");
      }
      ahead += bytes.length;
    }
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    send("write", "[\"bytes\",\"" + base64 + "\"]", bytes.length);
  }

  private void send(String method, @Nullable String argument, int size) {
    String message =
        MessageText.of(
            "stream",
            out -> {
              out.writeStartArray();
              out.writeString("pipeline");
              out.writeNumber(pipe.id());
              out.writeRawValue("[\"" + method + "\"]");
              out.writeRawValue(argument == null ? "[]" : "[" + argument + "]");
              out.writeEndArray();
            });
    Inbound taken = session.stream(message);
    CompletableFuture<Inbound> unused =
        taken.done.whenComplete((value, ended) -> taken(size, ended != null || value.isRejected()));
  }

  private synchronized void taken(int size, boolean refused) {
    ahead -= size;
    failed |= refused;
    notifyAll();
  }
}
