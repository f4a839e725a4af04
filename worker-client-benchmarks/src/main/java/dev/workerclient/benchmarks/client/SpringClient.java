package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import java.net.http.HttpClient;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.client.RestClient;

/** Spring's RestClient. */
final class SpringClient implements TestedClient {
  private final RestClient client;
  private final Runnable closing;

  @SuppressWarnings("removal") // All clients of the comparison decode by Jackson 2.
  private SpringClient(String origin, ClientHttpRequestFactory requests, Runnable closing) {
    this.client =
        RestClient.builder()
            .baseUrl(origin)
            .requestFactory(requests)
            .configureMessageConverters(
                converters ->
                    converters.withJsonConverter(
                        new MappingJackson2HttpMessageConverter(Json.MAPPER)))
            .build();
    this.closing = closing;
  }

  static SpringClient onOkHttp(String origin) {
    OkHttpClient client = OkHttpClients.create();
    return new SpringClient(
        origin, new SpringOkHttpRequests(client), () -> OkHttpClients.close(client));
  }

  static SpringClient onJdk(String origin) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new SpringClient(origin, new JdkClientHttpRequestFactory(client), () -> {});
  }

  @Override
  public Capability get(String name) {
    return Objects.requireNonNull(
        client.get().uri("/v1/capabilities/{name}", name).retrieve().body(Capability.class));
  }

  @Override
  public void close() {
    closing.run();
  }
}
