package dev.workerclient.okhttp;

import dev.workerclient.ResponseInfo;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OkHttp call that uses the routes of a service. Thread-safe as OkHttp's own are. */
final class ServiceCall implements Call {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofDays(1).toNanos();

  private final WorkerService service;
  private final Request request;
  private final WorkerRequest sent;
  private final boolean streams;
  private final Timeout timeout = new Timeout();
  private final Map<Class<?>, Object> tags = new ConcurrentHashMap<>();
  private final AtomicBoolean executed = new AtomicBoolean();

  /** Completed by {@link #cancel}. */
  private final CompletableFuture<@Nullable Void> cancelled = new CompletableFuture<>();

  /**
   * Makes the call.
   *
   * @throws IllegalArgumentException if the request can't be sent
   */
  ServiceCall(WorkerService service, Request request) {
    this.service = service;
    this.request = request;
    RetrofitMethod method = RetrofitMethod.of(request);
    this.streams = method == null || method.streams();
    this.sent =
        Requests.of(service, request, method == null ? null : method.operation(request.method()));
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    begin();
    sent.cancelledBy(cancelled);
    try {
      return response(streams ? sent.executeStreaming() : sent.execute());
    } catch (WorkerException e) {
      throw new WorkerIOException(e);
    }
  }

  @Override
  public void enqueue(Callback callback) {
    Objects.requireNonNull(callback, "callback");
    begin();
    CompletableFuture<? extends ResponseInfo> answer =
        streams ? sent.executeStreamingAsync() : sent.executeAsync();
    CompletableFuture<?> unused =
        answer.whenComplete((value, failure) -> hand(value, failure, callback));
    unused = cancelled.whenComplete((nothing, failure) -> answer.cancel(false));
  }

  private void hand(@Nullable ResponseInfo answer, @Nullable Throwable failure, Callback callback) {
    try {
      if (answer != null) {
        callback.onResponse(this, response(answer));
      } else if (failure instanceof WorkerException typed) {
        callback.onFailure(this, new WorkerIOException(typed));
      } else {
        callback.onFailure(this, new IOException("Canceled", failure)); // OkHttp's own word.
      }
    } catch (Throwable e) { // Kotlin throws checked exceptions too.
      LOGGER.warn("the callback of {} {} threw", request.method(), service.name(), e);
    }
  }

  private Response response(ResponseInfo answer) {
    if (answer instanceof StreamingResponse open) {
      CompletableFuture<?> unused = cancelled.whenComplete((nothing, failure) -> open.close());
    }
    return Responses.of(request, answer);
  }

  private void begin() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("Already Executed"); // As OkHttp says it.
    }
    long nanos = timeout.timeoutNanos() == 0 ? Long.MAX_VALUE : timeout.timeoutNanos();
    if (timeout.hasDeadline()) {
      nanos = Math.min(nanos, timeout.deadlineNanoTime() - System.nanoTime());
    }
    if (nanos != Long.MAX_VALUE) {
      sent.callTimeout(Duration.ofNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, nanos))));
    }
  }

  @Override
  public void cancel() {
    cancelled.complete(null);
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return cancelled.isDone();
  }

  @Override
  public Timeout timeout() {
    return timeout;
  }

  /** Does nothing: the routes' own calls are not this one. */
  @Override
  public void addEventListener(EventListener eventListener) {
    Objects.requireNonNull(eventListener, "eventListener");
  }

  @Override
  public <T> @Nullable T tag(KClass<T> type) {
    return tag(JvmClassMappingKt.getJavaObjectType(type));
  }

  @Override
  public <T> @Nullable T tag(Class<? extends T> type) {
    T computed = type.cast(tags.get(type));
    return computed == null ? request.tag(type) : computed;
  }

  @Override
  public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
    return tag(JvmClassMappingKt.getJavaObjectType(type), computeIfAbsent);
  }

  @Override
  public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
    T given = request.tag(type);
    return given == null
        ? Objects.requireNonNull(
            type.cast(tags.computeIfAbsent(type, key -> computeIfAbsent.invoke())))
        : given;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // A call like this one, not its state.
  public Call clone() {
    return new ServiceCall(service, request);
  }

  @Override
  public String toString() {
    return "ServiceCall{" + sent + "}";
  }
}
