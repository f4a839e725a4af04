package dev.workerclient.mockserver;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.internal.rpc.ExpressionReader;
import dev.workerclient.internal.rpc.ExpressionWriter;
import dev.workerclient.internal.rpc.MessageText;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RpcJson;
import dev.workerclient.internal.rpc.Undefined;
import dev.workerclient.internal.rpc.ValueMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Answers one Cap'n Web batch by the methods of a Java object. Used by one thread, once. */
final class RpcBatchAnswer {
  private static final ValueMapper VALUES = new ValueMapper(List.of(Undefined.class));

  /** What each push brought: a value, or what was thrown. */
  private final Map<Integer, Object> results = new HashMap<>();

  private final List<String> lines = new ArrayList<>();
  private final RpcCalls calls;
  private int lastId;

  private RpcBatchAnswer(Object main, RpcCalls calls) {
    this.calls = calls;
    results.put(0, new RpcTarget.Kept(main));
  }

  /**
   * Runs the calls of a batch.
   *
   * @throws ProtocolException if it is not a batch
   */
  static String of(String batch, Object main, RpcCalls calls) throws ProtocolException {
    RpcBatchAnswer answer = new RpcBatchAnswer(main, calls);
    for (String line : batch.lines().toList()) {
      answer.take(parse(line));
    }
    return String.join("\n", answer.lines);
  }

  private static JsonNode parse(String line) throws ProtocolException {
    try {
      return RpcJson.READER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new ProtocolException("a line of the batch is not JSON");
    }
  }

  private void take(JsonNode message) throws ProtocolException {
    switch (message.path(0).asText()) {
      case "push" -> results.put(++lastId, run(message.path(1)));
      case "pull" -> lines.add(settle(message.path(1).intValue()));
      default -> throw new ProtocolException("the mock supports push and pull only");
    }
  }

  private Object run(JsonNode expression) {
    try {
      return evaluate(expression);
    } catch (CompletionException e) { // A future of the object failed.
      return new Thrown(e.getCause() instanceof Exception cause ? cause : e);
    } catch (ProtocolException | RuntimeException e) {
      return new Thrown(e);
    }
  }

  private Object evaluate(JsonNode expression) throws ProtocolException {
    if (!"pipeline".equals(expression.path(0).asText())) {
      throw new ProtocolException("the mock knows calls of methods alone");
    }
    Object value = results.get(expression.path(1).intValue());
    if (value == null) {
      throw new ProtocolException("the batch builds on a call that it does not make");
    }
    if (value instanceof Thrown thrown) {
      throw thrown.again();
    }
    JsonNode path = expression.path(2);
    JsonNode arguments = expression.path(3);
    int steps = arguments.isArray() ? path.size() - 1 : path.size();
    for (int i = 0; i < steps; i++) {
      value = RpcTarget.property(value, path.get(i), VALUES, calls);
    }
    return arguments.isArray()
        ? RpcTarget.call(value, path.get(steps).asText(), arguments(arguments), VALUES, calls)
        : value;
  }

  private List<JsonNode> arguments(JsonNode expressions) throws ProtocolException {
    ExpressionReader reader =
        new ExpressionReader(
            new ExpressionReader.Promises() {
              @Override
              public JsonNode resolve(int id, int depth) throws ProtocolException {
                throw new ProtocolException("an argument holds a promise");
              }

              @Override
              public JsonNode pipeline(JsonNode expression) throws ProtocolException {
                return VALUES.tree(RpcTarget.data(evaluate(expression)));
              }
            });
    List<JsonNode> arguments = new ArrayList<>();
    for (JsonNode expression : expressions) {
      arguments.add(reader.read(expression, 0));
    }
    return arguments;
  }

  private String settle(int id) {
    Object value = results.getOrDefault(id, new Thrown(new IllegalArgumentException("no such id")));
    if (value instanceof Thrown thrown) {
      return rejected(id, thrown.cause());
    }
    try {
      return MessageText.of(
          "resolve",
          out -> {
            out.writeNumber(id);
            value(value, out);
          });
    } catch (RuntimeException e) { // The result has no form.
      return rejected(id, e);
    }
  }

  private static String rejected(int id, Exception thrown) {
    return MessageText.of(
        "reject",
        out -> {
          out.writeNumber(id);
          if (thrown instanceof WorkerRpcException remote) {
            error(remote.remoteType(), remote.remoteMessage(), remote.properties(), out);
          } else {
            error("Error", String.valueOf(thrown.getMessage()), Map.of(), out);
          }
        });
  }

  private static void value(Object value, JsonGenerator out) throws IOException {
    if (value instanceof RpcTarget.Kept) {
      out.writeStartArray();
      out.writeString("export");
      out.writeNumber(-1);
      out.writeEndArray();
    } else {
      data(RpcTarget.data(value), out);
    }
  }

  private static void data(@Nullable Object value, JsonGenerator out) throws IOException {
    new ExpressionWriter(out, RpcBatchAnswer::noReference).write(VALUES.tree(value));
  }

  private static void noReference(Object value, JsonGenerator out) {
    throw new IllegalArgumentException("a result holds a " + value.getClass().getName());
  }

  private static void error(
      String type,
      String message,
      Map<String, ? extends @Nullable Object> properties,
      JsonGenerator out)
      throws IOException {
    out.writeStartArray();
    out.writeString("error");
    out.writeString(type);
    out.writeString(message);
    if (!properties.isEmpty()) {
      out.writeNull();
      data(properties, out);
    }
    out.writeEndArray();
  }

  private record Thrown(Exception cause) {
    RuntimeException again() {
      return cause instanceof RuntimeException same
          ? same
          : new IllegalStateException(cause.getMessage());
    }
  }
}
