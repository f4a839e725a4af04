package dev.workerclient.benchmarks.peer;

import java.io.IOException;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp with a read timeout, on the first origin alone. */
final class OkHttpPeer implements PeerClient {
  private static final RequestBody EMPTY = RequestBody.create(new byte[0]);

  private final OkHttpClient client;
  private final String url;

  /**
   * Makes one.
   *
   * @param retry whether OkHttp may repeat a request after a connection failed, as by default
   */
  OkHttpPeer(Target target, boolean retry) {
    client =
        client(target)
            .newBuilder()
            .readTimeout(target.attemptTime())
            .retryOnConnectionFailure(retry)
            .build();
    url = target.origins().get(0) + target.path();
  }

  /** OkHttp's defaults with that protocol. */
  static OkHttpClient client(Target target) {
    Protocol protocol = target.http2() ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1;
    return new OkHttpClient.Builder().protocols(List.of(protocol)).build();
  }

  static void send(OkHttpClient client, String url, String method) throws IOException {
    Request request =
        new Request.Builder().url(url).method(method, method.equals("GET") ? null : EMPTY).build();
    try (Response response = client.newCall(request).execute()) {
      if (response.code() != 200) {
        throw new IOException("HTTP " + response.code());
      }
      response.body().bytes();
    }
  }

  static void close(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Override
  public void call(String method) throws IOException {
    send(client, url, method);
  }

  @Override
  public void close() {
    close(client);
  }
}
