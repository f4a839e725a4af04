package dev.workerclient.okhttp;

import dev.workerclient.WorkerService;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Request;

/**
 * Makes OkHttp calls that are sent over the routes of a service, by the rules of every call of the
 * client. Immutable and thread-safe.
 *
 * <pre>{@code
 * Retrofit retrofit =
 *     new Retrofit.Builder()
 *         .callFactory(new WorkerCallFactory(service))
 *         .baseUrl("http://orders/")
 *         .build();
 * }</pre>
 *
 * <p>The URL has the service's name as its host, in lower case; another host is an
 * IllegalArgumentException. A call fails with a {@link WorkerIOException}, in {@code execute()} and
 * in {@code onFailure}. Any status of the target is a response.
 *
 * <p>A method of Retrofit names its operation by method and path of its annotation. Its response is
 * read whole, within the call's deadline and {@code maxResponseBytes}, and a body that breaks may
 * be asked for again, unless it has {@code @Streaming}. Other callers get a stream, which they must
 * close. {@code Call.timeout()} limits the call, in place of {@code callTimeout}; for a stream it
 * ends with the response's headers.
 *
 * <p>A request body that is one-shot is sent once; another one can go to the next route. A header
 * {@code Idempotency-Key} makes a request repeatable. Responses have no handshake and no network
 * response, and HTTP/1.1 as their protocol, whatever the route spoke. Event listeners hear nothing.
 */
public final class WorkerCallFactory implements Call.Factory {
  private final WorkerService service;

  /** Makes the factory of a service, or of a Durable Object of it. */
  public WorkerCallFactory(WorkerService service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /**
   * Makes a call.
   *
   * @throws IllegalArgumentException if the request can't be sent: by its host, path, method,
   *     headers, or because its body is duplex
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
