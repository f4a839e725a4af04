package dev.workerclient.internal.http;

import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** A response's body with bounds on what the server sends beside it. */
final class NetworkBody extends ResponseBody {
  private final ResponseBody received;
  private final long length;
  private final BufferedSource source;

  private NetworkBody(ResponseBody received, long length, Source source) {
    this.received = received;
    this.length = length;
    this.source = Okio.buffer(source);
  }

  /**
   * Returns the response with its body bounded, and decoded if it is gzip that OkHttp asked for by
   * itself, and would decode.
   *
   * @param original the call's own request, before interceptors and OkHttp added headers
   */
  static Response bound(Response response, Request original) {
    Response bounded = isChunked(response) ? bounded(response) : response;
    return isOurGzip(response, original) ? decoded(bounded) : bounded;
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

  private static Response bounded(Response response) {
    ResponseBody body = response.body();
    Source chunks = new ChunkedBody(body.source());
    return response.newBuilder().body(new NetworkBody(body, body.contentLength(), chunks)).build();
  }

  private static Response decoded(Response response) {
    ResponseBody body = response.body();
    return response
        .newBuilder()
        .removeHeader("Content-Encoding")
        .removeHeader("Content-Length")
        .body(new NetworkBody(body, -1, new Gunzip(body.source())))
        .build();
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
