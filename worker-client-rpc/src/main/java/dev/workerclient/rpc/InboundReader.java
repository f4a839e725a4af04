package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.ExpressionReader;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import dev.workerclient.internal.rpc.RemoteError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one value that arrived whole, with the objects in it. Used by one thread. */
final class InboundReader implements ExpressionReader.Promises {
  private final SessionCaller caller;
  private final Inbound inbound;
  private final ExpressionReader reader = new ExpressionReader(this);
  private final List<RemoteHandle> handles = new ArrayList<>(0);
  private final List<ChunkQueue> streams = new ArrayList<>(0);
  private boolean dataAlone;

  private InboundReader(SessionCaller caller, Inbound inbound) {
    this.caller = caller;
    this.inbound = inbound;
  }

  /** Takes a value in a tree, which may hold {@link RemoteHandle}s. */
  @FunctionalInterface
  interface Taker<R> {
    @Nullable R take(JsonNode tree) throws JsonProcessingException, ProtocolException;
  }

  /**
   * Returns what the call of that node brought.
   *
   * @param type null if nobody looks at the value
   * @throws WorkerException if the method threw, or the value is not of the type
   */
  static @Nullable Object value(
      SessionCaller caller, RpcNode node, Inbound inbound, @Nullable JavaType type) {
    RpcFailures failures = caller.session().failures.answered(node);
    try {
      return read(caller, inbound, tree -> type == null ? null : References.live(tree, type));
    } catch (RejectedPromiseException e) {
      throw failures.thrown(node, e.error());
    } catch (ProtocolException e) {
      throw failures.notData(node, e);
    } catch (JsonProcessingException e) {
      throw failures.notOfType(node, Objects.requireNonNull(type), e);
    }
  }

  /**
   * Hands the value to the taker; what the taker leaves of the Worker's objects is released.
   *
   * @throws RejectedPromiseException if it is what a method threw, or one of its promises was
   *     rejected
   * @throws ProtocolException if it can't be read
   */
  static <R> @Nullable R read(SessionCaller caller, Inbound inbound, Taker<R> taker)
      throws ProtocolException, JsonProcessingException {
    return new InboundReader(caller, inbound).read(taker);
  }

  private <R> @Nullable R read(Taker<R> taker) throws ProtocolException, JsonProcessingException {
    try {
      return taker.take(resolve(Inbound.ITSELF, 0));
    } finally {
      handles.forEach(RemoteHandle::releaseUnlessTaken);
      streams.forEach(ChunkQueue::closeUnlessTaken);
      caller.session().drop(inbound);
    }
  }

  /**
   * Returns the value, in which nothing may stand but data.
   *
   * @throws RejectedPromiseException as read
   * @throws ProtocolException if it can't be read, or holds an object, a function or a stream
   */
  static @Nullable JsonNode data(SessionCaller caller, Inbound inbound)
      throws ProtocolException, JsonProcessingException {
    InboundReader reading = new InboundReader(caller, inbound);
    reading.dataAlone = true;
    return reading.read(tree -> tree);
  }

  @Override
  public JsonNode resolve(int id, int depth) throws ProtocolException {
    Inbound.Part part = id > 0 ? null : inbound.take(id);
    if (part == null) {
      throw new ProtocolException("it holds a promise that nothing settles");
    }
    JsonNode value = part.value();
    if (value == null || value.isMissingNode()) {
      ProtocolException why =
          new ProtocolException(
              "its message is not valid JSON, is too deep, or holds a string, number or name that"
                  + " is too long");
      if (part.rejected()) {
        throw new RejectedPromiseException(RemoteError.unreadable(why));
      }
      throw why;
    }
    if (part.rejected()) {
      throw new RejectedPromiseException(error(value, depth));
    }
    if (dataAlone) {
      caller.session().drop(value);
    }
    return reader.read(value, id == Inbound.ITSELF ? depth : depth + 1);
  }

  /** An error is data: what else stands in it is skipped, and released. */
  private RemoteError error(JsonNode value, int depth) {
    dataAlone = true;
    caller.session().drop(value);
    try {
      return RemoteError.of(value, reader, depth);
    } catch (ProtocolException e) {
      return RemoteError.unreadable(e);
    }
  }

  private void requireObjectsAllowed() throws ProtocolException {
    if (dataAlone) {
      throw new ProtocolException("it holds a function, an object or a stream");
    }
  }

  @Override
  public JsonNode object(JsonNode expression) throws ProtocolException {
    requireObjectsAllowed();
    if (!expression.path(1).isIntegralNumber()) {
      throw new ProtocolException("an object in it has no id");
    }
    long id = expression.get(1).longValue();
    return expression.path(0).textValue().equals("export") ? handle(id, false) : own(id);
  }

  private JsonNode handle(long id, boolean writable) throws ProtocolException {
    if (id >= 0) {
      throw new ProtocolException("an object in it has an id that is not the sender's to give");
    }
    RemoteHandle handle = new RemoteHandle(caller, new Import(caller.session(), id), writable);
    handles.add(handle);
    return JsonNodeFactory.instance.pojoNode(handle);
  }

  @Override
  public JsonNode pipeline(JsonNode expression) throws ProtocolException {
    requireObjectsAllowed();
    JsonNode known = inbound.reference(expression);
    if (known != null) {
      return known.equals(LocalCalls.UNDEFINED) ? NullNode.instance : known;
    }
    if (expression.size() > 2 || !expression.path(1).isIntegralNumber()) {
      throw new ProtocolException("it holds a call on one of the client's objects");
    }
    return own(expression.get(1).longValue());
  }

  @Override
  public JsonNode stream(JsonNode expression, int depth) throws ProtocolException {
    requireObjectsAllowed();
    JsonNode second = expression.path(1);
    return switch (expression.path(0).asText()) {
      case "readable" -> readable(second);
      case "blob" -> blob(second.asText(), reader.read(expression.path(2), depth + 1));
      case "response" -> {
        ObjectNode response = message(expression.path(2));
        response.putIfAbsent("status", IntNode.valueOf(200));
        yield response.set("body", reader.read(second, depth + 1));
      }
      case "request" -> {
        ObjectNode request = message(expression.path(2)).put("url", second.asText());
        request.putIfAbsent("method", TextNode.valueOf("GET"));
        JsonNode body = expression.path(2).path("body");
        yield body.isMissingNode() ? request : request.set("body", reader.read(body, depth + 1));
      }
      default -> { // A WritableStream.
        if (!second.isIntegralNumber()) {
          throw new ProtocolException("a WritableStream in it has no id");
        }
        yield handle(second.longValue(), true);
      }
    };
  }

  private static JsonNode blob(String type, JsonNode content) throws ProtocolException {
    if (!(content instanceof POJONode node && node.getPojo() instanceof ChunkQueue stream)) {
      throw new ProtocolException("a Blob in it has no stream");
    }
    stream.contentType(type);
    return content;
  }

  private JsonNode readable(JsonNode id) throws ProtocolException {
    ChunkQueue stream = id.isIntegralNumber() ? inbound.takeStream(id.longValue()) : null;
    if (stream == null) {
      throw new ProtocolException("it holds a stream that was read already, or never sent");
    }
    streams.add(stream);
    return JsonNodeFactory.instance.pojoNode(stream);
  }

  /** Status or method, and headers, as they are; what else there is says how a browser fetches. */
  private static ObjectNode message(JsonNode init) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("status", "statusText", "method", "headers")) {
      if (init.has(name)) {
        message.set(name, init.get(name));
      }
    }
    return message;
  }

  /** An object of ours that the Worker gives back. */
  private JsonNode own(long id) throws ProtocolException {
    LocalObject object = inbound.object(id);
    if (object == null) {
      throw new ProtocolException(
          "it holds a client object that it was not given, or has released");
    }
    return JsonNodeFactory.instance.pojoNode(object);
  }
}
