package dev.workerclient.okhttp;

import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerRequest.BodyWriter;
import dev.workerclient.WorkerService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Turns OkHttp's requests into the service's. */
final class Requests {
  private Requests() {}

  /**
   * Returns the request.
   *
   * @param operation its name; null if it has none
   * @throws IllegalArgumentException if it can't be sent
   */
  static WorkerRequest of(WorkerService service, Request request, @Nullable String operation) {
    String url = request.url().newBuilder().fragment(null).build().toString();
    WorkerRequest sent = service.requestEncoded(request.method(), url);
    if (operation != null) {
      sent.copyOperation(operation);
    }
    RequestBody body = request.body();
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      boolean typesTheBody = body != null && headers.name(i).equalsIgnoreCase("Content-Type");
      if (!typesTheBody) {
        sent.copyHeader(headers.name(i), headers.value(i));
      }
    }
    if (body != null) {
      addBody(sent, body, headers.get("Content-Type"));
    }
    return sent;
  }

  private static void addBody(WorkerRequest request, RequestBody body, @Nullable String header) {
    if (body.isDuplex()) {
      throw new IllegalArgumentException(
          "a duplex body can't be sent: a Worker's answer is read after the request's body; give a"
              + " body that is written before");
    }
    MediaType own = body.contentType();
    String type = own == null ? header : own.toString();
    Written written = Written.of(body);
    if (type != null || written.length() != 0) {
      request.body(written, type == null ? "application/octet-stream" : type);
    }
  }

  /** OkHttp's body as the client writes it. */
  private record Written(RequestBody body, long length) implements BodyWriter {
    static Written of(RequestBody body) {
      try {
        return new Written(body, body.contentLength());
      } catch (IOException e) {
        throw new UncheckedIOException("contentLength() of the request's body failed", e);
      }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      BufferedSink sink = Okio.buffer(Okio.sink(out));
      body.writeTo(sink);
      sink.emit();
    }

    @Override
    public boolean isRepeatable() {
      return !body.isOneShot();
    }
  }
}
