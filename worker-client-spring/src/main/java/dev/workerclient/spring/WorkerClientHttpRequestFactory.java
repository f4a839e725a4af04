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
 * routes of a service, by the rules of every call of the client. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestClient orders =
 *     RestClient.builder().requestFactory(new WorkerClientHttpRequestFactory(service)).build();
 * Order order = orders.get().uri("/v1/orders/{id}", 7).retrieve().body(Order.class);
 * }</pre>
 *
 * <p>No base URL is needed. One that is set has the service's name as its host, as in {@code
 * http://orders}, and may have a path; another host is an IllegalArgumentException.
 *
 * <p>The response is read whole, within the call's deadline and {@code maxResponseBytes}, and a
 * body that breaks may be asked for again, unless {@link #STREAMING} is set. A request body that
 * Spring can write again can go to the next route; one that it can't, such as an {@code
 * InputStreamResource}, is sent once. A header {@code Idempotency-Key} makes a request repeatable.
 * Operations are named by method and URI template, if {@code RestClient} had one.
 *
 * <p>A failure is thrown as the {@link WorkerException} that it is, not as a {@code
 * ResourceAccessException}. Any status of the target is a response for Spring to handle.
 */
public final class WorkerClientHttpRequestFactory implements ClientHttpRequestFactory {
  /**
   * The request attribute that hands the response's body over unread if it is {@link Boolean#TRUE}:
   * for large bodies and for such as never end. The deadline then ends with the response's headers.
   */
  public static final String STREAMING = "dev.workerclient.spring.streaming";

  private final WorkerService service;

  /** Makes the factory of a service, or of a Durable Object of it. */
  public WorkerClientHttpRequestFactory(WorkerService service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /** Begins a request; nothing is checked or sent before it is executed. */
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
