package dev.workerclient.adapters;

import dev.workerclient.WorkerService;
import dev.workerclient.adapters.Exchange.Received;
import dev.workerclient.adapters.Exchange.Sent;
import dev.workerclient.error.WorkerException;
import dev.workerclient.feign.WorkerFeignClient;
import dev.workerclient.okhttp.WorkerCallFactory;
import dev.workerclient.okhttp.WorkerIOException;
import dev.workerclient.spring.WorkerClientHttpRequestFactory;
import feign.RequestLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.web.client.RestClient;

/** The adapters, each driven by the API of its own client. */
enum Adapter {
  SPRING {
    @Override
    Received send(WorkerService service, Sent request) throws IOException {
      RestClient.RequestBodySpec spec =
          rest(service)
              .method(HttpMethod.valueOf(request.method()))
              .uri(URI.create(BASE_URL + request.pathAndQuery()));
      request.headers().forEach((name, values) -> spec.header(name, values.toArray(new String[0])));
      byte[] bytes = request.bytes();
      if (bytes != null && request.oneShot()) {
        spec.body((StreamingHttpOutputMessage.Body) out -> out.write(bytes));
      } else if (bytes != null) {
        spec.body(bytes);
      }
      return Objects.requireNonNull(
          spec.exchange(
              (sent, response) -> {
                Map<String, List<String>> headers = new LinkedHashMap<>();
                response
                    .getHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
                return new Received(
                    response.getStatusCode().value(), headers, text(response.getBody()));
              }));
    }

    @Override
    InputStream stream(WorkerService service, String path) {
      return Objects.requireNonNull(
          rest(service)
              .get()
              .uri(BASE_URL + path)
              .attribute(WorkerClientHttpRequestFactory.STREAMING, true)
              .retrieve()
              .body(InputStream.class));
    }

    private RestClient rest(WorkerService service) {
      return RestClient.builder()
          .requestFactory(new WorkerClientHttpRequestFactory(service))
          .build();
    }
  },

  OKHTTP {
    @Override
    Received send(WorkerService service, Sent request) throws IOException {
      try (Response response = call(service, request)) {
        return new Received(
            response.code(), response.headers().toMultimap(), response.body().string());
      }
    }

    @Override
    InputStream stream(WorkerService service, String path) throws IOException {
      return call(service, Sent.get(path)).body().byteStream();
    }

    private Response call(WorkerService service, Sent request) throws IOException {
      Request.Builder builder = new Request.Builder().url(BASE_URL + request.pathAndQuery());
      request
          .headers()
          .forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
      byte[] bytes = request.bytes();
      RequestBody body = bytes == null ? null : bodyOf(bytes, request.oneShot());
      return new WorkerCallFactory(service)
          .newCall(builder.method(request.method(), body).build())
          .execute();
    }

    private RequestBody bodyOf(byte[] bytes, boolean oneShot) {
      return new RequestBody() {
        @Override
        public @Nullable MediaType contentType() {
          return null;
        }

        @Override
        public long contentLength() {
          return bytes.length;
        }

        @Override
        public boolean isOneShot() {
          return oneShot;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
          sink.write(bytes);
        }
      };
    }

    @Override
    WorkerException failure(Throwable thrown) {
      return ((WorkerIOException) thrown).failure();
    }
  },

  FEIGN {
    @Override
    Received send(WorkerService service, Sent request) throws IOException {
      feign.Response response =
          new WorkerFeignClient(service)
              .execute(
                  feign.Request.create(
                      feign.Request.HttpMethod.valueOf(request.method()),
                      BASE_URL + request.pathAndQuery(),
                      new LinkedHashMap<String, Collection<String>>(request.headers()),
                      request.bytes(),
                      StandardCharsets.UTF_8,
                      null),
                  new feign.Request.Options());
      Map<String, List<String>> headers = new LinkedHashMap<>();
      response.headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
      return new Received(response.status(), headers, text(response.body().asInputStream()));
    }

    @Override
    InputStream stream(WorkerService service, String path) throws IOException {
      return WorkerFeignClient.builder(service)
          .target(Export.class, BASE_URL)
          .export()
          .body()
          .asInputStream();
    }
  };

  static final String BASE_URL = "http://orders";

  /** Feign streams by the return type. */
  interface Export {
    @RequestLine("GET /export")
    feign.Response export();
  }

  /** Sends the request and reads the response whole. */
  abstract Received send(WorkerService service, Sent request) throws IOException;

  /** Sends a GET of {@code /export} and returns its body unread. */
  abstract InputStream stream(WorkerService service, String path) throws IOException;

  /** Returns the failure that the client's caller finds in what was thrown. */
  WorkerException failure(Throwable thrown) {
    return (WorkerException) thrown;
  }

  private static String text(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }
}
