package dev.workerclient.okhttp;

import dev.workerclient.WorkerService;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Request;

/**
 * Creates OkHttp calls that use the routes of a service, with the client's timeouts, retries and
 * breakers. Immutable and thread-safe.
 *
 * <pre>{@code
 * Retrofit retrofit =
 *     new Retrofit.Builder()
 *         .callFactory(new WorkerCallFactory(service))
 *         .baseUrl("http://orders/")
 *         .build();
 * }</pre>
 *
 * <p>The URL has the service's name as its host, in lower case; any other host throws an
 * IllegalArgumentException. A call fails with a {@link WorkerIOException}, in {@code execute()} and
 * in {@code onFailure}. The target's response is returned, whatever its status.
 *
 * <p>For Retrofit methods, the operation's name is the method and path of the annotation, the whole
 * response is read within the call's timeout and {@code maxResponseBytes}, and a call whose body
 * breaks may be sent again, unless the method has {@code @Streaming}. Other callers get a stream,
 * which they must close. {@code Call.timeout()} replaces {@code callTimeout}; for a stream it ends
 * when the headers have arrived.
 *
 * <p>A one-shot request body is sent once; any other body can be sent again on the next route. An
 * {@code Idempotency-Key} header makes a request repeatable. Responses have no handshake and no
 * network response, and their protocol is always HTTP/1.1. Event listeners are not called.
 */
public final class WorkerCallFactory implements Call.Factory {
  private final WorkerService service;

  /** Creates a factory for a service or one of its Durable Objects. */
  public WorkerCallFactory(WorkerService service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /**
   * Creates a call.
   *
   * @throws IllegalArgumentException if the host, path, method or headers are not allowed, or if
   *     the body is duplex
   */
  @Override
  public Call newCall(Request request) {
    return new ServiceCall(service, Objects.requireNonNull(request, "request"));
  }

  @Override
  public String toString() {
    return "WorkerCallFactory{" + service.name() + "}";
  }
}
