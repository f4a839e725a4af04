package dev.workerclient.benchmarks.client;

import dev.workerclient.benchmarks.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The JDK's own client. */
final class JdkClient implements TestedClient {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;

  JdkClient(String origin) {
    base = origin + "/v1/capabilities/";
  }

  @Override
  public Capability get(String name) throws IOException, InterruptedException {
    return decode(client.send(request(name), HttpResponse.BodyHandlers.ofByteArray()));
  }

  @Override
  public CompletableFuture<Capability> start(String name) {
    return client
        .sendAsync(request(name), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(JdkClient::decode);
  }

  private HttpRequest request(String name) {
    return HttpRequest.newBuilder(URI.create(base + name)).timeout(Duration.ofSeconds(10)).build();
  }

  private static Capability decode(HttpResponse<byte[]> response) {
    try {
      if (response.statusCode() != 200) {
        throw new IOException("HTTP " + response.statusCode());
      }
      return Json.CAPABILITY.readValue(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
