package dev.workerclient.benchmarks.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's own client with a timeout, on the first origin alone. */
final class JdkPeer implements PeerClient {
  private final HttpClient client;
  private final Target target;
  private final URI uri;

  JdkPeer(Target target) {
    this.target = target;
    client =
        HttpClient.newBuilder()
            .version(target.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .build();
    uri = URI.create(target.origins().get(0) + target.path());
  }

  @Override
  public void call(String method) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(target.attemptTime())
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
    if (status != 200) {
      throw new IOException("HTTP " + status);
    }
  }

  @Override
  public void close() {
    // Java 17's has nothing to close.
  }
}
