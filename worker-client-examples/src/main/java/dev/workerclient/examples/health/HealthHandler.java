package dev.workerclient.examples.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.workerclient.HealthReport;
import dev.workerclient.WorkerClient;
import dev.workerclient.jackson.HealthJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * Serves the health of a client's services: {@code /health} is a page, {@code /health/bindings} its
 * JSON, {@code /health/diagnosis?service=NAME} a walk through one service as text. Thread-safe.
 */
public final class HealthHandler implements HttpHandler {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final WorkerClient client;
  private final Map<String, Function<URI, Reply>> pages;

  /** Makes one for a client, which stays the caller's to close. */
  public HealthHandler(WorkerClient client) {
    this.client = client;
    Reply html = resource("page.html", "text/html; charset=utf-8");
    Reply style = resource("page.css", "text/css; charset=utf-8");
    Reply script = resource("page.js", "text/javascript; charset=utf-8");
    this.pages =
        Map.of(
            "/health", uri -> html,
            "/health/page.css", uri -> style,
            "/health/page.js", uri -> script,
            "/health/bindings", uri -> bindings(),
            "/health/diagnosis", this::diagnosis);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      Function<URI, Reply> page = pages.get(uri.getPath());
      if (page == null) {
        send(exchange, Reply.text(404, "nothing here; see /health\n"), head);
      } else if (head || exchange.getRequestMethod().equals("GET")) {
        send(exchange, page.apply(uri), head);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, Reply.text(405, "GET or HEAD alone\n"), head);
      }
    }
  }

  private Reply bindings() {
    HealthReport health = client.health();
    return new Reply(health.httpStatus(), HealthJson.CONTENT_TYPE, HealthJson.write(health));
  }

  /** For operators alone: it names hosts and addresses, and costs the target a GET a route. */
  private Reply diagnosis(URI uri) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    String name =
        Arrays.stream(query.split("&", -1))
            .filter(part -> part.startsWith("service="))
            .map(part -> part.substring("service=".length()))
            .findFirst()
            .orElse("");
    try {
      return Reply.text(200, client.service(name).diagnose().toText());
    } catch (IllegalArgumentException unknown) {
      return Reply.text(404, unknown.getMessage() + "\n");
    }
  }

  private static void send(HttpExchange exchange, Reply reply, boolean head) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType);
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body.length));
      exchange.sendResponseHeaders(reply.status, -1);
    } else {
      exchange.sendResponseHeaders(reply.status, reply.body.length);
      exchange.getResponseBody().write(reply.body);
    }
  }

  private static Reply resource(String name, String contentType) {
    try (InputStream file = HealthHandler.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not beside " + HealthHandler.class);
      }
      return new Reply(200, contentType, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Reply(int status, String contentType, byte[] body) {
    static Reply text(int status, String text) {
      return new Reply(status, TEXT, text.getBytes(UTF_8));
    }
  }
}
