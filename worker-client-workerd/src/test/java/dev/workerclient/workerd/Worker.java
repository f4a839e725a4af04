package dev.workerclient.workerd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project of a Worker in a folder, as wrangler takes it, and requests to it. */
final class Worker {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Worker() {}

  /** Writes index.js and wrangler.jsonc into a folder of that name, and returns the latter. */
  static Path write(Path folder, String name, String settings, String script) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("index.js"), script);
    return Files.writeString(
        project.resolve("wrangler.jsonc"),
        """
        {
          "name": "%s",
          "main": "index.js",
          "compatibility_date": "2026-04-21",
          %s
        }
        """
            .formatted(name, settings));
  }

  static String get(String url) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
