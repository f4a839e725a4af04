package dev.workerclient;

import dev.workerclient.error.WorkerCallException;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.FailureReport;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Body;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.CallSpec.Upgrade;
import dev.workerclient.internal.http.HeaderText;
import dev.workerclient.internal.http.OpenBody;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Payload;
import dev.workerclient.internal.route.Parameters;
import dev.workerclient.internal.route.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a request and sends it. Not thread-safe while it is being built; afterwards it may be sent
 * any number of times, unless its body is an {@link InputStream}.
 *
 * <p>GET, HEAD, OPTIONS, PUT and DELETE are repeatable, other methods only with {@link #idempotent}
 * or {@link #idempotencyKey}. A call that is not repeatable never runs twice: it is sent on another
 * route only if the target provably did not run.
 */
public final class WorkerRequest {
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final ServiceContext context;
  private final String method;
  private final @Nullable String template;
  private final boolean rpc;
  private final String encodedPath;
  private final @Nullable String object;
  private @Nullable String operation;
  private List<CallSpec.Header> headers = List.of();
  private @Nullable String query;
  private @Nullable Payload payload;
  private @Nullable Duration callTimeout;
  private @Nullable Duration attemptTimeout;
  private @Nullable RetryOptions retry;
  private @Nullable CompletableFuture<?> cancelSignal;
  private boolean declaredIdempotent;
  private boolean multipart;
  private @Nullable Upgrade upgrade;

  /**
   * Begins a request.
   *
   * @param template the path before its slots were filled; for a Cap'n Web batch its name; null if
   *     only the encoded path is known
   * @param query encoded, without the question mark; null if there is none
   * @param object the Durable Object to address as the binding proxy reads it, or null
   */
  WorkerRequest(
      ServiceContext context,
      String method,
      @Nullable String template,
      boolean rpc,
      String encodedPath,
      @Nullable String query,
      @Nullable String object) {
    this.context = context;
    this.method = method;
    this.template = template;
    this.rpc = rpc;
    this.encodedPath = encodedPath;
    this.query = query;
    this.object = object;
  }

  /**
   * Adds a query parameter; name and value are encoded. Calling this again with the same name adds
   * another value.
   */
  public WorkerRequest query(String name, String value) {
    return query(name, (Object) value);
  }

  /**
   * Adds a query parameter with the value's {@code toString}: a number, a boolean, an enum, a UUID,
   * a time. Calling this again with the same name adds another value.
   *
   * @throws IllegalArgumentException if the value is not a single value (a collection, an array, a
   *     map or an Optional), or its class does not override {@code toString}
   */
  public WorkerRequest query(String name, Object value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return addQuery(Parameters.encode(name, value));
  }

  /**
   * Adds query parameters in the map's order. An {@link Iterable} value adds a parameter for each
   * element; an empty one adds nothing.
   *
   * @throws IllegalArgumentException as {@link #query(String, Object)}, for a value or an element;
   *     then no parameter is added
   */
  public WorkerRequest query(Map<String, ?> parameters) {
    return addQuery(Parameters.encode(Objects.requireNonNull(parameters, "parameters")));
  }

  private WorkerRequest addQuery(String encoded) {
    if (query == null || query.isEmpty()) {
      query = encoded.isEmpty() ? query : encoded;
    } else if (!encoded.isEmpty()) {
      query = query + '&' + encoded;
    }
    return this;
  }

  /**
   * Adds a header. Calling this again with the same name adds another value. The header is sent on
   * every route, so set the credentials of one route on the client's builder instead.
   *
   * @throws IllegalArgumentException if name or value is not valid in a header, or if the client
   *     sets that header itself
   */
  public WorkerRequest header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    RequestHeaders.requireAllowed(name);
    requireBoundary(name);
    headers = headers.isEmpty() ? new ArrayList<>() : headers;
    headers.add(new CallSpec.Header(name, HeaderText.requireValue(name, value)));
    return this;
  }

  /**
   * Sets the name of the operation in messages, logs, listeners and {@code ServiceError}. It is not
   * sent to the target. Default: method and path template.
   *
   * @param name such as {@code getOrder}; use few different values, since metrics may be kept for
   *     each
   * @throws IllegalArgumentException if it is blank, longer than 200 characters, or holds a line
   *     break or another invisible character
   */
  public WorkerRequest operation(String name) {
    this.operation = Arguments.requireOperation(name);
    return this;
  }

  /**
   * Copies a header from another HTTP client's request; for adapters that use {@link
   * WorkerService#requestEncoded}. {@code Content-Length} is skipped, since it follows from the
   * body, {@code Idempotency-Key} is set by {@link #idempotencyKey}, and every other header by
   * {@link #header}.
   *
   * @throws IllegalArgumentException as these methods throw it
   */
  public WorkerRequest copyHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "content-length" -> this;
      case "idempotency-key" -> idempotencyKey(value);
      default -> header(name, value);
    };
  }

  /**
   * Sets the {@link #operation} to the name that another HTTP client uses; for adapters. A name of
   * more than 200 characters is skipped.
   *
   * @throws IllegalArgumentException if it is blank or holds an invisible character
   */
  public WorkerRequest copyOperation(String name) {
    return Arguments.isLongOperation(name) ? this : operation(name);
  }

  /** Limits this call; the same as {@link #callTimeout}. */
  public WorkerRequest timeout(Duration time) {
    this.callTimeout = Arguments.requireTime("timeout", time);
    return this;
  }

  /**
   * Limits this call with all its attempts. Default: the service's {@code callTimeout}.
   *
   * @throws IllegalArgumentException unless it is from 1 ms to 1 day
   */
  public WorkerRequest callTimeout(Duration time) {
    this.callTimeout = Arguments.requireTime("callTimeout", time);
    return this;
  }

  /**
   * Limits each attempt of this call; what is left of the call's time limits it too. Default: the
   * service's {@code attemptTimeout}.
   *
   * @throws IllegalArgumentException unless it is from 1 ms to 1 day
   */
  public WorkerRequest attemptTimeout(Duration time) {
    this.attemptTimeout = Arguments.requireTime("attemptTimeout", time);
    return this;
  }

  /** Sets how often this call may be sent again. Default: the service's options. */
  public WorkerRequest retry(RetryOptions options) {
    this.retry = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Cancels calls of this request when the future completes, normally or not. This lets another
   * thread end a blocking call, which then throws {@link WorkerCancelledException}. To end a
   * streamed body, call {@link StreamingResponse#close}; to end an async call, cancel its future.
   *
   * @param signal a future for this call or a few calls; it keeps references to them until it
   *     completes
   */
  public WorkerRequest cancelledBy(CompletableFuture<?> signal) {
    this.cancelSignal = Objects.requireNonNull(signal, "signal");
    return this;
  }

  /**
   * Declares that running this call twice is harmless, so that it may be sent again after any
   * failure.
   */
  public WorkerRequest idempotent() {
    this.declaredIdempotent = true;
    return this;
  }

  /**
   * Sends an {@code Idempotency-Key} header, by which the target recognizes a repeated call, and
   * declares the call repeatable.
   *
   * @throws IllegalArgumentException if the key is empty or not valid in a header
   */
  public WorkerRequest idempotencyKey(String key) {
    Objects.requireNonNull(key, "key");
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "the idempotency key is empty; write one that is unique to this operation");
    }
    return header("Idempotency-Key", key).idempotent();
  }

  /**
   * Sets the body to a value, which the client's codec encodes immediately.
   *
   * @throws IllegalArgumentException if the value can't be encoded; if it is a string, bytes, a
   *     file or a stream, which need a content type; or if the method does not allow a body
   * @throws IllegalStateException if the client has no codec
   */
  public WorkerRequest body(Object value) {
    Objects.requireNonNull(value, "value");
    byte[] bytes = context.codec.encode(value);
    return body(bytes, context.codec.require().contentType());
  }

  /** Sets the body to a copy of the bytes. */
  public WorkerRequest body(byte[] bytes, String contentType) {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(contentType, "contentType");
    return payload(Payload.ofBytes(bytes.clone(), HeaderText.requireMediaType(contentType)));
  }

  /** Sets the body to the string, encoded in UTF-8. */
  public WorkerRequest body(String text, String contentType) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(contentType, "contentType");
    return payload(
        Payload.ofBytes(
            text.getBytes(StandardCharsets.UTF_8), HeaderText.requireMediaType(contentType)));
  }

  /** Sets the body to the content of the file, which is read each time it is sent. */
  public WorkerRequest body(Path file, String contentType) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(contentType, "contentType");
    return payload(Payload.ofFile(file, HeaderText.requireMediaType(contentType)));
  }

  /** Sets the body to a stream that is opened for each attempt and closed after it. */
  public WorkerRequest body(Supplier<InputStream> streams, String contentType) {
    Objects.requireNonNull(streams, "streams");
    Objects.requireNonNull(contentType, "contentType");
    return payload(Payload.ofSupplier(streams, HeaderText.requireMediaType(contentType)));
  }

  /**
   * Sets the body to a stream that is read once and then closed. If an attempt fails after reading
   * has begun, no other route is tried.
   */
  public WorkerRequest body(InputStream stream, String contentType) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(contentType, "contentType");
    return payload(Payload.ofStream(stream, HeaderText.requireMediaType(contentType)));
  }

  /**
   * Sets the body to what a writer writes to the connection, for content that is generated while it
   * is sent and need not fit into memory. The writing counts toward the attempt's timeout.
   *
   * @throws IllegalArgumentException if {@link BodyWriter#length} is less than -1
   */
  public WorkerRequest body(BodyWriter writer, String contentType) {
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(contentType, "contentType");
    long length = writer.length();
    if (length < -1) {
      throw new IllegalArgumentException(
          "the length of a body was given as " + length + "; write -1 if it is not known");
    }
    return payload(
        Payload.ofWriter(
            writer::writeTo,
            length,
            writer.isRepeatable(),
            HeaderText.requireMediaType(contentType)));
  }

  /** Writes a request's body. */
  @FunctionalInterface
  public interface BodyWriter {
    /**
     * Writes the whole body, once for each attempt, on the thread that runs the attempt. The stream
     * is buffered and need not be closed.
     *
     * @throws IOException if the connection breaks, or the body can't be written; the latter ends
     *     the call with a {@link WorkerCallException}
     */
    void writeTo(OutputStream out) throws IOException;

    /**
     * Returns the number of bytes, which is sent as {@code Content-Length}. Default: -1, not known;
     * the body is then sent in chunks.
     */
    default long length() {
      return -1;
    }

    /**
     * Returns whether the body can be written again. If not, no other route is tried once writing
     * has begun. Default: true.
     */
    default boolean isRepeatable() {
      return true;
    }
  }

  /**
   * Sets the body to a form, {@code application/x-www-form-urlencoded} in UTF-8, with the fields in
   * the map's order. Values are encoded as by {@link #query(Map)}.
   *
   * @throws IllegalArgumentException as {@link #query(Map)}, or if the method does not allow a body
   */
  public WorkerRequest formBody(Map<String, ?> fields) {
    String form = Parameters.encode(Objects.requireNonNull(fields, "fields")).replace("%20", "+");
    return payload(
        Payload.ofBytes(
            form.getBytes(StandardCharsets.US_ASCII), "application/x-www-form-urlencoded"));
  }

  /**
   * Sets the body to a form with files, {@code multipart/form-data}.
   *
   * @throws IllegalArgumentException if the method does not allow a body, or if the request sets
   *     {@code Content-Type} itself, which would hide the boundary of the parts
   */
  public WorkerRequest multipartBody(MultipartBody body) {
    WorkerRequest unused = payload(Objects.requireNonNull(body, "body").payload());
    multipart = true;
    headers.forEach(header -> requireBoundary(header.name()));
    return this;
  }

  private void requireBoundary(String header) {
    if (multipart && header.equalsIgnoreCase("Content-Type")) {
      throw new IllegalArgumentException(
          "the header Content-Type would hide the boundary that multipartBody(…) sends; remove it");
    }
  }

  /**
   * Sends the request and returns the target's response, whatever its status, with its whole body.
   *
   * @throws WorkerException if no route returned the target's response
   * @throws IllegalStateException if the client is closed, or the body was a stream that is used up
   */
  public WorkerResponse execute() {
    return execute(start(Body.KEPT));
  }

  /**
   * Sends the request like {@link #execute}, on the client's executor. Cancelling the future
   * cancels the call immediately; a failure completes it with the {@link WorkerException}.
   *
   * @throws IllegalStateException as {@link #execute}, on this thread
   */
  public CompletableFuture<WorkerResponse> executeAsync() {
    Call call = start(Body.KEPT);
    return context.engine.async().submit(call, () -> execute(call));
  }

  /**
   * Sends the request and returns the response as soon as its headers have arrived; the caller must
   * close it.
   *
   * @throws WorkerException if no route returned the target's response
   * @throws IllegalStateException if the client is closed, or the body was a stream that is used up
   */
  public StreamingResponse executeStreaming() {
    return stream(start(Body.STREAMED));
  }

  /**
   * Sends the request like {@link #executeStreaming}, on the client's executor. The future
   * completes when the headers have arrived, with a response that must be closed. If the future was
   * cancelled or completed by other code before, the response is closed automatically.
   *
   * @throws IllegalStateException as {@link #executeStreaming}, on this thread
   */
  public CompletableFuture<StreamingResponse> executeStreamingAsync() {
    Call call = start(Body.STREAMED);
    return context.engine.async().submit(call, () -> stream(call), StreamingResponse::close);
  }

  /**
   * Opens a WebSocket with this request.
   *
   * @throws WorkerException if no route opened it
   */
  void upgrade(Upgrade socket) {
    upgrade = socket;
    Outcome.Answered unused = context.engine.run(start(Body.KEPT));
  }

  private StreamingResponse stream(Call call) {
    Outcome.Answered answer = context.engine.run(call);
    OpenBody body = Objects.requireNonNull(answer.stream());
    InputStream stream =
        body.stream(
            failure -> new IOException(failure.summary(), FailureReport.exception(call, failure)));
    return new StreamingResponse(context, call.spec(), answer, call.attempts(), body, stream);
  }

  /**
   * Sends the request and returns when the target has answered with a 2xx status. The body is read
   * to the end and discarded, however long it is.
   *
   * @throws WorkerResponseException if the target answered with another status
   * @throws WorkerException if no route returned the target's response
   * @throws IllegalStateException as {@link #execute}
   */
  public void send() {
    WorkerResponse unused = execute(start(Body.DROPPED)).orThrow();
  }

  /**
   * Sends the request like {@link #send}, on the client's executor. The future completes with null;
   * see {@link #executeAsync}.
   *
   * @throws IllegalStateException as {@link #execute}, on this thread
   */
  public CompletableFuture<Void> sendAsync() {
    return fetchAsync(start(Body.DROPPED), Void.class);
  }

  /**
   * Sends the request and returns the decoded body of a 2xx response. {@code String} and {@code
   * byte[]} return the body as it is; {@code Void} returns null and ignores the body.
   *
   * @throws WorkerResponseException if the target answered with another status
   * @throws WorkerDecodingException if the body can't be decoded to the type
   * @throws WorkerException if no route returned the target's response
   * @throws IllegalStateException as {@link #execute}, or if the type needs a codec and the client
   *     has none; then nothing is sent
   */
  public <T> T fetch(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return fetch(startFor(type), type);
  }

  /**
   * Sends the request and returns the decoded body, like {@link #fetch(Class)}, for a generic type.
   */
  public <T> T fetch(TypeRef<T> type) {
    Objects.requireNonNull(type, "type");
    return fetch(startFor(type.type()), type.type());
  }

  /**
   * Sends the request like {@link #fetch(Class)}, on the client's executor; see {@link
   * #executeAsync}.
   *
   * @throws IllegalStateException as {@link #fetch(Class)}, on this thread
   */
  public <T> CompletableFuture<T> fetchAsync(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return fetchAsync(startFor(type), type);
  }

  /**
   * Sends the request like {@link #fetch(TypeRef)}, on the client's executor; see {@link
   * #executeAsync}.
   *
   * @throws IllegalStateException as {@link #fetch(Class)}, on this thread
   */
  public <T> CompletableFuture<T> fetchAsync(TypeRef<T> type) {
    Objects.requireNonNull(type, "type");
    return fetchAsync(startFor(type.type()), type.type());
  }

  private <T> CompletableFuture<T> fetchAsync(Call call, Type type) {
    return context.engine.async().submit(call, () -> fetch(call, type));
  }

  /** The type is that of {@code T}, which is checked; only a Void is null. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private <T> T fetch(Call call, Type type) {
    return (T) WorkerResponse.decode(context, call, context.engine.run(call), type);
  }

  private WorkerResponse execute(Call call) {
    return WorkerResponse.of(context, call, context.engine.run(call));
  }

  /** Starts a call whose answer will be decoded to that type. */
  private Call startFor(Type type) {
    context.codec.requireFor(type);
    return start(Codec.isVoid(type) ? Body.DROPPED : Body.KEPT);
  }

  private Call start(Body body) {
    context.engine.requireOpen();
    if (payload != null && !payload.canBeSent()) {
      throw new IllegalStateException(
          "the body was a stream and is used up; build the request anew, or give body(…) a"
              + " Supplier of streams");
    }
    Limits limits = context.engine.limits();
    limits = callTimeout == null ? limits : limits.within(callTimeout);
    limits = attemptTimeout == null ? limits : limits.withAttempts(attemptTimeout);
    CallSpec spec =
        new CallSpec(
            context.engine.name(),
            method,
            template,
            operation,
            rpc,
            encodedPath,
            query,
            List.copyOf(headers),
            payload,
            object,
            body,
            isRepeatable(),
            limits,
            upgrade);
    ListenedCall observer =
        context.listeners.isEmpty() ? null : ListenedCall.of(context.listeners, new CallInfo(spec));
    Call call = context.engine.begin(spec, retry, observer);
    if (cancelSignal != null) {
      CompletableFuture<?> unused =
          cancelSignal.whenComplete((value, failure) -> call.cancellation().cancel());
    }
    return call;
  }

  private boolean isRepeatable() {
    return !ProxyProtocol.UNIQUE_OBJECT.equals(object)
        && (declaredIdempotent || REPEATABLE.contains(method));
  }

  private WorkerRequest payload(Payload body) {
    if (method.equals("GET") || method.equals("HEAD")) {
      throw new IllegalArgumentException(
          "a " + method + " takes no body; use query(name, value), or another method");
    }
    this.payload = body;
    this.multipart = false;
    return this;
  }

  @Override
  public String toString() {
    return "WorkerRequest{"
        + context.engine.name()
        + " "
        + CallSpec.operation(method, template == null ? encodedPath : template, operation, rpc)
        + "}";
  }
}
