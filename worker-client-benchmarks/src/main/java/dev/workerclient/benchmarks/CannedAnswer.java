package dev.workerclient.benchmarks;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Answers each request with 100 bytes of JSON. */
final class CannedAnswer implements Interceptor {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Headers headers = Sample.PLAIN_CUSTOM_DOMAIN.headers;
  private final byte[] body = Bodies.json(100).getBytes(StandardCharsets.UTF_8);

  @Override
  public Response intercept(Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .headers(headers)
        .body(ResponseBody.create(body, JSON))
        .build();
  }
}
