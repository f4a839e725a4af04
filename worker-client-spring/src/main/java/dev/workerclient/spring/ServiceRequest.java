package dev.workerclient.spring;

import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerRequest.BodyWriter;
import dev.workerclient.WorkerService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** Sends a Spring request as a call of the service. Used by one thread. */
final class ServiceRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {
  /** Where {@code RestClient} keeps it (7.0.8 and 7.0.10); RestTemplate does not. */
  private static final String URI_TEMPLATE =
      "org.springframework.web.client.RestClient.uriTemplate";

  private final WorkerService service;
  private final URI uri;
  private final HttpMethod method;
  private @Nullable ByteArrayOutputStream buffered;
  private @Nullable Body body;

  ServiceRequest(WorkerService service, URI uri, HttpMethod method) {
    this.service = service;
    this.uri = uri;
    this.method = method;
  }

  @Override
  public HttpMethod getMethod() {
    return method;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public void setBody(Body body) {
    assertNotExecuted();
    this.body = body;
    this.buffered = null;
  }

  @Override
  protected OutputStream getBodyInternal(HttpHeaders headers) {
    body = null;
    buffered = buffered == null ? new ByteArrayOutputStream() : buffered;
    return buffered;
  }

  @Override
  protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
    WorkerRequest request = service.requestEncoded(method.name(), uri.toASCIIString());
    name(request);
    headers.forEach((name, values) -> values.forEach(value -> request.copyHeader(name, value)));
    addBody(request, headers);
    return Boolean.TRUE.equals(getAttributes().get(WorkerClientHttpRequestFactory.STREAMING))
        ? ServiceResponse.of(request.executeStreaming())
        : ServiceResponse.of(request.execute());
  }

  private void name(WorkerRequest request) {
    if (getAttributes().get(URI_TEMPLATE) instanceof String template) {
      String path = template.replaceFirst("^[a-zA-Z]+://[^/?]*", "").replaceFirst("[?#].*", "");
      request.copyOperation(method.name() + " " + (path.isEmpty() ? "/" : path));
    }
  }

  private void addBody(WorkerRequest request, HttpHeaders headers) throws IOException {
    List<String> types = headers.getOrEmpty(HttpHeaders.CONTENT_TYPE);
    String type = types.isEmpty() ? "application/octet-stream" : types.get(0);
    if (body != null) {
      long length = headers.getContentLength();
      byte[] small = length < 0 && body.repeatable() ? SmallBody.of(body) : null;
      if (small == null) {
        request.body(new StreamedBody(body, length), type);
      } else {
        request.body(small, type);
      }
    } else if (buffered != null && buffered.size() > 0) {
      request.body(buffered.toByteArray(), type);
    }
  }

  /**
   * What a message converter writes, if it is small: it fails before anything is sent then, and has
   * a length.
   */
  private static final class SmallBody extends OutputStream {
    private static final int MOST = 256 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLarge;

    /** Returns the body; null if it is too large. */
    static byte @Nullable [] of(Body body) throws IOException {
      SmallBody small = new SmallBody();
      try {
        body.writeTo(small);
      } catch (IOException | RuntimeException e) {
        if (!small.tooLarge) {
          throw e;
        }
      }
      return small.tooLarge ? null : small.bytes.toByteArray();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      if (tooLarge || bytes.size() + count > MOST) {
        tooLarge = true;
        throw new IOException("too large"); // So that the converter stops.
      }
      bytes.write(from, offset, count);
    }
  }

  /** Spring's body as the client writes it; the length is -1 if it is not known. */
  private record StreamedBody(Body body, long length) implements BodyWriter {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }

    @Override
    public boolean isRepeatable() {
      return body.repeatable();
    }
  }
}
