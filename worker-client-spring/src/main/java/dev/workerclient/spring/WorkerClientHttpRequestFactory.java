package dev.workerclient.spring;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import java.net.URI;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Sends the requests of {@code RestClient}, {@code RestTemplate} and HTTP interfaces over the
 * routes of a service, with the client's timeouts, retries and breakers. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestClient orders =
 *     RestClient.builder().requestFactory(new WorkerClientHttpRequestFactory(service)).build();
 * Order order = orders.get().uri("/v1/orders/{id}", 7).retrieve().body(Order.class);
 * }</pre>
 *
 * <p>No base URL is needed. If you set one, its host is the service's name, as in {@code
 * http://orders}, and it may have a path; any other host throws an IllegalArgumentException.
 *
 * <p>The whole response is read, within the call's timeout and {@code maxResponseBytes}, and a call
 * whose body breaks may be sent again, unless {@link #STREAMING} is set. A request body that Spring
 * can write again can be sent on the next route; one that it can't, such as an {@code
 * InputStreamResource}, is sent once. An {@code Idempotency-Key} header makes a request repeatable.
 * The operation's name is the method and the URI template, if {@code RestClient} has one.
 *
 * <p>A failed call throws a {@link WorkerException}, not a {@code ResourceAccessException}. Spring
 * handles the target's response, whatever its status.
 */
public final class WorkerClientHttpRequestFactory implements ClientHttpRequestFactory {
  /**
   * The request attribute that streams the response body if it is {@link Boolean#TRUE}: for large
   * or endless bodies. The call's timeout then ends when the headers have arrived.
   */
  public static final String STREAMING = "dev.workerclient.spring.streaming";

  private final WorkerService service;

  /** Creates a factory for a service or one of its Durable Objects. */
  public WorkerClientHttpRequestFactory(WorkerService service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /** Creates a request; nothing is checked or sent before it is executed. */
  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(method, "method");
    return new ServiceRequest(service, uri, method);
  }

  @Override
  public String toString() {
    return "WorkerClientHttpRequestFactory{" + service.name() + "}";
  }
}
