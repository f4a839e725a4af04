package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp at its best: URLs are parsed once, and the body is read as it comes. */
class RawOkHttp implements TestedClient {
  final OkHttpClient client = OkHttpClients.create();
  private final String origin;
  private final Map<String, HttpUrl> urls = new ConcurrentHashMap<>();

  RawOkHttp(String origin) {
    this.origin = origin;
  }

  @Override
  public Capability get(String name) throws IOException {
    try (Response response = newCall(name).execute()) {
      return decode(response);
    }
  }

  @Override
  public CompletableFuture<Capability> start(String name) {
    CompletableFuture<Capability> result = new CompletableFuture<>();
    newCall(name)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  result.complete(decode(response));
                } catch (IOException e) {
                  result.completeExceptionally(e);
                }
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  Call newCall(String name) {
    HttpUrl url =
        urls.computeIfAbsent(name, key -> HttpUrl.get(origin + "/v1/capabilities/" + key));
    return client.newCall(new Request.Builder().url(url).build());
  }

  static Capability decode(Response response) throws IOException {
    if (!response.isSuccessful()) {
      throw new IOException("HTTP " + response.code());
    }
    return Json.CAPABILITY.readValue(response.body().byteStream());
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}
