package dev.workerclient.benchmarks.client;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerRule;
import com.linecorp.armeria.client.retry.RetryConfig;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.workerclient.benchmarks.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Armeria within its retry and breaker. */
final class ArmeriaClient implements TestedClient {
  private final ClientFactory factory = ClientFactory.builder().useHttp2Preface(false).build();
  private final WebClient client;

  ArmeriaClient(String origin) {
    CircuitBreakerRule failures =
        CircuitBreakerRule.builder().onServerErrorStatus().onException().thenFailure();
    client =
        WebClient.builder(origin.replace("http:", "h1c:"))
            .factory(factory)
            .decorator(
                CircuitBreakerClient.newDecorator(CircuitBreaker.builder("peer").build(), failures))
            .decorator(
                RetryingClient.newDecorator(
                    RetryConfig.builder(RetryRule.failsafe()).maxTotalAttempts(3).build()))
            .build();
  }

  @Override
  public Capability get(String name) {
    return start(name).join();
  }

  @Override
  public CompletableFuture<Capability> start(String name) {
    return client.get("/v1/capabilities/" + name).aggregate().thenApply(ArmeriaClient::decode);
  }

  private static Capability decode(AggregatedHttpResponse response) {
    try {
      if (response.status().code() != 200) {
        throw new IOException("HTTP " + response.status());
      }
      return Json.CAPABILITY.readValue(response.content().array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    CompletableFuture<?> unused = factory.closeAsync(); // Takes seconds.
  }
}
