package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.MessageText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message that is ready to be sent, and what is to be true when it is. Made without the session's
 * lock; it does not run user code.
 */
final class Outgoing {
  /** The Worker reads when it likes; the session's end is the stream's. */
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final @Nullable Session session;

  /** What it is built on: must not have been released. */
  private final List<RpcNode> needed = new ArrayList<>(1);

  /** What it gives the Worker to call, by its new id. */
  private final Map<Long, Object> exports = new LinkedHashMap<>(0);

  private final List<Outbound> streams = new ArrayList<>(0);

  private final String text;

  private Outgoing(Session session, String kind, Content content) {
    this.session = session;
    try {
      this.text =
          MessageText.of(
              kind, out -> content.write(out, new CallExpression(out, this::id, this::other)));
    } catch (RuntimeException e) {
      streams.forEach(Outbound::giveUp);
      throw e;
    }
  }

  private Outgoing(String text) {
    this.session = null;
    this.text = text;
  }

  /** A message that is written, and is built on nothing. */
  static Outgoing of(String text) {
    return new Outgoing(text);
  }

  private interface Content {
    void write(JsonGenerator out, CallExpression expression) throws IOException;
  }

  /**
   * A call, or the reading of a property.
   *
   * @throws IllegalArgumentException if an argument has no form
   */
  static Outgoing push(Session session, RpcNode node) {
    return new Outgoing(session, "push", (out, expression) -> expression.write(node));
  }

  /**
   * The same, and the Worker sends what comes of it unasked, and then drops it.
   *
   * @throws IllegalArgumentException if an argument has no form
   */
  static Outgoing call(Session session, RpcNode node) {
    return new Outgoing(session, "stream", (out, expression) -> expression.write(node));
  }

  /** A function that was recorded, for each element of what a call returns. */
  static Outgoing map(Session session, MapRecorder.Recorded function) {
    return new Outgoing(
        session,
        "push",
        (out, expression) -> {
          out.writeStartArray();
          function.write(out, expression::id);
          out.writeEndArray();
        });
  }

  /**
   * What a call of the Worker's returned.
   *
   * @throws IllegalArgumentException if it has no form
   */
  static Outgoing resolve(Session session, long id, JsonNode value) {
    return new Outgoing(
        session,
        "resolve",
        (out, expression) -> {
          out.writeNumber(id);
          expression.value(value);
        });
  }

  private long id(RpcNode node) {
    if (node == RpcNode.MAIN) {
      return 0;
    }
    Import at = node.at();
    if (at == null) {
      throw new IllegalStateException(
          node.label() + " was made within the function given to map(…), and can't leave it");
    }
    needed.add(node);
    return at.id();
  }

  private void other(Object value, JsonGenerator out) throws IOException {
    if (value instanceof InputStream in) {
      readable(in, out);
    } else if (value instanceof Flow.Publisher<?> publisher) {
      readable(pipe -> new OutboundPublisher(own().exports.caller(), pipe, publisher), out);
    } else if (value instanceof OutputStream) {
      named("writable", export(value), out);
    } else if (value instanceof LocalObject) {
      named("export", export(value), out);
    } else if (value instanceof RpcBlob
        || value instanceof RpcRequest
        || value instanceof RpcResponse) {
      FetchTypes.write(value, out, in -> readable(in, out));
    } else {
      throw new IllegalArgumentException(
          "an RPC argument holds a " + value.getClass().getName() + ", which has no form");
    }
  }

  private static void named(String form, long id, JsonGenerator out) throws IOException {
    out.writeStartArray();
    out.writeString(form);
    out.writeNumber(id);
    out.writeEndArray();
  }

  private long export(Object value) {
    long id = own().nextExport();
    exports.put(id, value);
    return id;
  }

  private void readable(InputStream in, JsonGenerator out) throws IOException {
    readable(pipe -> new OutboundStream(pipe, in), out);
  }

  /** Makes a pipe at the Worker, which the stream is sent into once the message was sent. */
  private void readable(Function<ChunkSender, Outbound> stream, JsonGenerator out)
      throws IOException {
    Import pipe = own().pipe();
    streams.add(stream.apply(new ChunkSender(own().exports.caller(), pipe, FOREVER)));
    named("readable", pipe.id(), out);
  }

  private Session own() {
    return Objects.requireNonNull(session);
  }

  /** The streams in it, which are to be sent once it is. */
  List<Outbound> streams() {
    return streams;
  }

  String text() {
    return text;
  }

  Map<Long, Object> exports() {
    return exports;
  }

  /**
   * Checks, with the session's lock, that the Worker still has all that it is built on.
   *
   * @throws IllegalStateException if it was released
   */
  void requireLive() {
    for (RpcNode node : needed) {
      Import at = node.at();
      if (at != null && at.isReleased()) {
        throw new IllegalStateException(
            node.label()
                + " was closed, or joined, so that the Worker has dropped it; make the call before,"
                + " or use the value that join() returned");
      }
    }
  }
}
