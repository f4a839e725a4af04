package dev.workerclient.internal.http;

import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A response's body with bounds on what the server sends beside it. */
final class NetworkBody extends ResponseBody {
  private final ResponseBody received;
  private final long length;
  private final BufferedSource source;

  private NetworkBody(ResponseBody received, long length, BufferedSource source) {
    this.received = received;
    this.length = length;
    this.source = source;
  }

  /**
   * Returns the response with its body bounded, and decoded if it is gzip that OkHttp asked for by
   * itself, and would decode.
   *
   * @param original the call's own request, before interceptors and OkHttp added headers
   */
  static Response bound(Response response, Request original) {
    boolean chunked = isChunked(response);
    boolean gzip = isOurGzip(response, original);
    if (!chunked && !gzip) {
      return response;
    }
    ResponseBody received = response.body();
    Response.Builder bounded = response.newBuilder();
    BufferedSource source = received.source();
    long length = received.contentLength();
    if (chunked) {
      source = Okio.buffer(new ChunkedBody(source));
    }
    if (gzip) {
      bounded.removeHeader("Content-Encoding").removeHeader("Content-Length");
      source = Okio.buffer(new Gunzip(source));
      length = -1;
    }
    return bounded.body(new NetworkBody(received, length, source)).build();
  }

  /** As OkHttp tells it; HTTP/2 has frames instead. */
  private static boolean isChunked(Response response) {
    boolean http1 =
        response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
    return http1 && "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
  }

  private static boolean isOurGzip(Response response, Request original) {
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        && "gzip".equals(response.request().header("Accept-Encoding"))
        && original.header("Accept-Encoding") == null
        && original.header("Range") == null;
  }

  @Override
  public @Nullable MediaType contentType() {
    return received.contentType();
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
