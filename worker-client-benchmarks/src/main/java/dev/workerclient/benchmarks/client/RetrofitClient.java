package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Retrofit, which has no retry and no breaker. */
final class RetrofitClient implements TestedClient {
  private final OkHttpClient client = OkHttpClients.create();
  private final Api api;

  RetrofitClient(String origin) {
    api =
        new Retrofit.Builder()
            .baseUrl(origin + "/")
            .client(client)
            .addConverterFactory(JacksonConverterFactory.create(Json.MAPPER))
            .build()
            .create(Api.class);
  }

  /** What Retrofit implements. */
  interface Api {
    @GET("v1/capabilities/{name}")
    Call<Capability> get(@Path("name") String name);

    @GET("v1/capabilities/{name}")
    CompletableFuture<Capability> start(@Path("name") String name);
  }

  @Override
  public Capability get(String name) throws IOException {
    Response<Capability> response = api.get(name).execute();
    Capability body = response.body();
    if (body == null) {
      throw new IOException("HTTP " + response.code());
    }
    return body;
  }

  @Override
  public CompletableFuture<Capability> start(String name) {
    return api.start(name);
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}
