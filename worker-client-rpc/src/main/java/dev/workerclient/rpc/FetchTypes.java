package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The forms of streams, Blobs, Requests and Responses. What the Worker's own types would refuse is
 * refused here, since there it ends the session.
 */
final class FetchTypes {
  private static final Set<Type> IN_SESSIONS =
      Set.of(
          InputStream.class,
          OutputStream.class,
          Flow.Publisher.class,
          RpcBlob.class,
          RpcRequest.class,
          RpcResponse.class);

  /** What those types are, for a person. */
  static final String NAMES = "stream, Blob, Request or Response";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private FetchTypes() {}

  /** Whether a session alone carries values of that type. */
  static boolean needSession(Type type) {
    return IN_SESSIONS.contains(
        type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  /**
   * Checks a value before anything is sent; one of another type passes.
   *
   * @throws IllegalArgumentException if it can't be sent; the message says why
   * @throws IllegalStateException if it can't be sent in this session
   */
  static void requireSendable(Object value, Caller user) {
    boolean stream =
        value instanceof InputStream
            || value instanceof OutputStream
            || value instanceof Flow.Publisher<?>;
    if (stream || needSession(value.getClass())) {
      String type = value.getClass().getSimpleName();
      if (!user.takesObjects()) {
        throw new IllegalArgumentException(
            "an RPC argument is a "
                + type
                + ", which a session alone can send; open one by Rpc.session(service), or give its"
                + " content as a byte[] or a List");
      }
      user.requireStreams("to send a " + type);
    }
    if (value instanceof RpcRequest request) {
      String method = request.method();
      require(METHODS.contains(method), "the method of an RpcRequest is not one of " + METHODS);
      require(
          request.body() == null || !(method.equals("GET") || method.equals("HEAD")),
          "an RpcRequest of method " + method + " has a body; give null");
      HttpUrl url = HttpUrl.parse(request.url());
      require(
          url != null && url.username().isEmpty() && url.password().isEmpty(),
          "the url of an RpcRequest is not absolute, not of http or https, or holds credentials");
      headers("an RpcRequest", request.headers());
    } else if (value instanceof RpcResponse response) {
      int status = response.status();
      require(
          status >= 200 && status <= 599,
          "the status of an RpcResponse is " + status + "; give one from 200 to 599");
      require(
          response.body() == null || !(status == 204 || status == 205 || status == 304),
          "an RpcResponse of status " + status + " has a body; give null");
      requirePrintable(response.statusText(), "the statusText of an RpcResponse");
      headers("an RpcResponse", response.headers());
    } else if (value instanceof RpcBlob blob) {
      requirePrintable(blob.type(), "the type of an RpcBlob");
    }
  }

  private static Headers headers(String of, Map<String, List<String>> headers) {
    Headers.Builder builder = new Headers.Builder();
    headers.forEach(
        (name, values) -> {
          try {
            values.forEach(value -> builder.add(name, value));
          } catch (IllegalArgumentException e) { // Its message may quote the value.
            requirePrintable(name, "a header's name of " + of);
            throw new IllegalArgumentException(
                "the header " + name + " of " + of + " has a name or value that HTTP can't carry");
          }
        });
    return builder.build();
  }

  private static void requirePrintable(String text, String what) {
    require(
        text.chars().allMatch(c -> c >= ' ' && c < 0x7f),
        what + " holds more than printable ASCII");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Writes the form of a stream. */
  @FunctionalInterface
  interface Streams {
    void write(InputStream in) throws IOException;
  }

  /** Writes a Blob, a Request or a Response that was checked. */
  static void write(Object value, JsonGenerator out, Streams streams) throws IOException {
    out.writeStartArray();
    if (value instanceof RpcBlob blob) {
      out.writeString("blob");
      out.writeString(blob.type());
      streams.write(blob.content());
    } else if (value instanceof RpcRequest request) {
      out.writeString("request");
      out.writeString(HttpUrl.get(request.url()).toString());
      out.writeStartObject();
      out.writeStringField("method", request.method());
      writeHeaders(headers("an RpcRequest", request.headers()), out);
      if (request.body() != null) {
        out.writeFieldName("body");
        streams.write(request.body());
        out.writeStringField("duplex", "half");
      }
      out.writeEndObject();
    } else if (value instanceof RpcResponse response) {
      out.writeString("response");
      if (response.body() == null) {
        out.writeNull();
      } else {
        streams.write(response.body());
      }
      out.writeStartObject();
      out.writeNumberField("status", response.status());
      out.writeStringField("statusText", response.statusText());
      writeHeaders(headers("an RpcResponse", response.headers()), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeHeaders(Headers headers, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("headers");
    for (int i = 0; i < headers.size(); i++) {
      out.writeArray(new String[] {headers.name(i), headers.value(i)}, 0, 2);
    }
    out.writeEndArray();
  }

  /** Reads an RpcRequest or an RpcResponse. */
  static JsonDeserializer<?> reader(Class<?> type) {
    return new Reader(type);
  }

  private static final class Reader extends StdDeserializer<Object> {
    private static final long serialVersionUID = 1L;

    Reader(Class<?> type) {
      super(type);
    }

    @Override
    @SuppressWarnings("NullAway") // Jackson has null for what it reports itself.
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      // Jackson's own reader of trees, which leaves the stream of the body in it.
      JsonNode tree = JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(in, context);
      boolean request = handledType() == RpcRequest.class;
      if (!tree.path(request ? "url" : "status").isValueNode()) {
        return context.reportInputMismatch(this, request ? "not a Request" : "not a Response");
      }
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (JsonNode pair : tree.path("headers")) {
        headers
            .computeIfAbsent(pair.path(0).asText(), any -> new ArrayList<>(1))
            .add(pair.path(1).asText());
      }
      InputStream body = body(tree.path("body"));
      return request
          ? new RpcRequest(tree.path("method").asText(), tree.get("url").asText(), headers, body)
          : new RpcResponse(
              tree.get("status").asInt(), tree.path("statusText").asText(), headers, body);
    }

    private static @Nullable InputStream body(JsonNode body) {
      if (body instanceof POJONode node && node.getPojo() instanceof ChunkQueue stream) {
        return stream.asInput();
      }
      byte[] bytes = StreamEnd.bytes(body);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
  }
}
