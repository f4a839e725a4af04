package dev.workerclient.okhttp;

import dev.workerclient.ResponseInfo;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Turns a target's answers into OkHttp's responses. */
final class Responses {
  private Responses() {}

  static Response of(Request request, ResponseInfo answer) {
    Headers.Builder headers = new Headers.Builder();
    answer
        .headers()
        .forEach((name, values) -> values.forEach(value -> headers.addUnsafeNonAscii(name, value)));
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(answer.status())
        .message("")
        .headers(headers.build())
        .body(body(answer))
        .build();
  }

  private static ResponseBody body(ResponseInfo answer) {
    MediaType type = mediaType(answer.header("Content-Type"));
    if (answer instanceof WorkerResponse whole) {
      return ResponseBody.create(whole.bytes(), type);
    }
    StreamingResponse streamed = (StreamingResponse) answer;
    return ResponseBody.create(Okio.buffer(new Body(streamed)), type, length(streamed));
  }

  private static @Nullable MediaType mediaType(@Nullable String header) {
    return header == null ? null : MediaType.parse(header);
  }

  private static long length(StreamingResponse response) {
    String header = response.header("Content-Length");
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** A streamed body, whose failures are OkHttp's. */
  private static final class Body extends ForwardingSource {
    private final StreamingResponse response;

    Body(StreamingResponse response) {
      super(Okio.source(response.stream()));
      this.response = response;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        return super.read(sink, byteCount);
      } catch (IOException e) {
        throw e.getCause() instanceof WorkerException typed ? new WorkerIOException(typed) : e;
      }
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
