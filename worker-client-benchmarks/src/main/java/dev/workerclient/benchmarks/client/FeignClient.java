package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.jackson.JacksonDecoder;
import io.github.resilience4j.feign.FeignDecorators;
import io.github.resilience4j.feign.Resilience4jFeign;
import okhttp3.OkHttpClient;

/** OpenFeign on OkHttp within resilience4j's breaker and retry. */
final class FeignClient implements TestedClient {
  private final OkHttpClient client = OkHttpClients.create();
  private final Api api;

  FeignClient(String origin) {
    FeignDecorators decorators =
        FeignDecorators.builder()
            .withCircuitBreaker(Breakers.breaker())
            .withRetry(Breakers.retry())
            .build();
    api =
        Feign.builder()
            .addCapability(Resilience4jFeign.capability(decorators))
            .client(new feign.okhttp.OkHttpClient(client))
            .decoder(new JacksonDecoder(Json.MAPPER))
            .target(Api.class, origin);
  }

  /** What Feign implements. */
  interface Api {
    @RequestLine("GET /v1/capabilities/{name}")
    Capability get(@Param("name") String name);
  }

  @Override
  public Capability get(String name) {
    return api.get(name);
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}
