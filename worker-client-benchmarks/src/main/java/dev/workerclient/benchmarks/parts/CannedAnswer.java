package dev.workerclient.benchmarks.parts;

import dev.workerclient.benchmarks.Payloads;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Answers every request at once, in place of the network. */
public final class CannedAnswer implements Interceptor {
  private static final byte[] BODY = Payloads.json(100).getBytes(StandardCharsets.UTF_8);
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Headers HEADERS =
      Headers.of("content-type", "application/json", "content-length", "100", "server", "canned");

  private CannedAnswer() {}

  /** A client that sends nothing. */
  public static OkHttpClient client() {
    return new OkHttpClient.Builder().addInterceptor(new CannedAnswer()).build();
  }

  @Override
  public Response intercept(Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .headers(HEADERS)
        .body(ResponseBody.create(BODY, JSON))
        .build();
  }
}
