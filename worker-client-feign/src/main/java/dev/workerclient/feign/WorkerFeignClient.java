package dev.workerclient.feign;

import dev.workerclient.ResponseInfo;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import feign.Client;
import feign.Feign;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.Retryer;
import feign.Types;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends Feign's requests over the routes of a service, with the client's timeouts, retries and
 * breakers. Immutable and thread-safe.
 *
 * <pre>{@code
 * Orders orders =
 *     WorkerFeignClient.builder(service).decoder(new JacksonDecoder())
 *         .target(Orders.class, "http://orders");
 * }</pre>
 *
 * <p>The target's URL has the service's name as its host, in lower case; any other host throws an
 * IllegalArgumentException. A failed call throws a {@link WorkerException}, which Feign neither
 * wraps nor retries. Feign handles the target's response, whatever its status.
 *
 * <p>The operation's name is the method and path of the interface's template. The whole response is
 * read, within the call's timeout and {@code maxResponseBytes}, and a call whose body breaks may be
 * sent again, unless the method returns a {@code Response}, {@code InputStream}, {@code Reader},
 * {@code Iterator} or {@code Stream}. A header {@code Idempotency-Key} makes a request repeatable.
 * Gzip responses are decoded, and request bodies are sent unchanged.
 *
 * <p>{@code Options.readTimeout} replaces {@code callTimeout}, unless it is Feign's default of 60
 * seconds, or 0. The other options have no effect: the client has its own connect timeout, and
 * never follows redirects.
 */
public final class WorkerFeignClient implements Client {
  private static final List<Class<?>> STREAMS =
      List.of(Response.class, InputStream.class, Reader.class, Iterator.class, BaseStream.class);

  private static final Pattern SHORT_LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final long DEFAULT_MILLIS = new Request.Options().readTimeoutMillis();
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  private final WorkerService service;

  /**
   * Creates a Feign client for a service or one of its Durable Objects. Also set {@link
   * Retryer#NEVER_RETRY}, as {@link #builder} does: by default Feign sends every request again if
   * its response has a {@code Retry-After}, even a POST.
   */
  public WorkerFeignClient(WorkerService service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /** Returns a builder with this client and without Feign's own retries. */
  public static Feign.Builder builder(WorkerService service) {
    return Feign.builder().client(new WorkerFeignClient(service)).retryer(Retryer.NEVER_RETRY);
  }

  /**
   * Sends the request.
   *
   * @throws WorkerException if no route returned the target's response
   * @throws IllegalArgumentException if the host, path, method or headers are not allowed, or if a
   *     GET has a body
   */
  @Override
  public Response execute(Request request, Request.Options options) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(options, "options");
    WorkerRequest call = service.requestEncoded(request.httpMethod().name(), request.url());
    MethodMetadata method = methodOf(request);
    if (method != null) {
      call.copyOperation(request.httpMethod() + " " + method.template().path());
    }
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> addHeader(call, name, value)));
    addBody(call, request);
    long millis = options.readTimeoutMillis();
    if (millis > 0 && millis != DEFAULT_MILLIS) {
      call.callTimeout(Duration.ofMillis(Math.min(millis, LONGEST_MILLIS)));
    }
    if (method == null || !streams(method)) {
      WorkerResponse answer = call.execute();
      return response(request, answer).body(answer.bytes()).build();
    }
    StreamingResponse answer = call.executeStreaming();
    return response(request, answer).body(streamOf(answer), lengthOf(answer)).build();
  }

  private static @Nullable MethodMetadata methodOf(Request request) {
    RequestTemplate template = request.requestTemplate();
    return template == null ? null : template.methodMetadata();
  }

  private static boolean streams(MethodMetadata method) {
    Class<?> type = Types.getRawType(method.returnType());
    return STREAMS.stream().anyMatch(stream -> stream.isAssignableFrom(type));
  }

  private static void addHeader(WorkerRequest call, String name, String value) {
    boolean asksForGzip = name.equalsIgnoreCase("Accept-Encoding") && value.contains("gzip");
    if (!asksForGzip) { // The client asks for it, and decodes it.
      call.copyHeader(name, value);
    }
  }

  private static void addBody(WorkerRequest call, Request request) {
    byte[] body = request.body();
    if (body != null && body.length > 0) {
      String type =
          request.headers().entrySet().stream()
              .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
              .flatMap(header -> header.getValue().stream())
              .findFirst()
              .orElse("application/octet-stream");
      call.body(body, type);
    }
  }

  private static InputStream streamOf(StreamingResponse answer) {
    return new FilterInputStream(answer.stream()) {
      @Override
      public void close() {
        answer.close();
      }
    };
  }

  private static @Nullable Integer lengthOf(StreamingResponse answer) {
    String header = answer.header("Content-Length");
    return header != null && SHORT_LENGTH.matcher(header).matches()
        ? Integer.valueOf(header)
        : null;
  }

  private static Response.Builder response(Request request, ResponseInfo answer) {
    Map<String, Collection<String>> headers = new LinkedHashMap<>(answer.headers());
    return Response.builder().status(answer.status()).headers(headers).request(request);
  }
}
