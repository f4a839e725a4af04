import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands in for the publisher API of Maven Central on the loopback interface: keeps the bundle that
 * is uploaded and calls it valid. {@code java Portal.java PORT_FILE BUNDLE_FILE}
 */
final class Portal {
  private static final String ID = "00000000-0000-4000-8000-000000000000";
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/publisher/upload",
        exchange -> {
          Files.write(Path.of(args[1]), part(exchange.getRequestBody().readAllBytes()));
          answer(exchange, 201, "text/plain", ID);
        });
    server.createContext(
        "/api/v1/publisher/status",
        exchange ->
            answer(
                exchange,
                200,
                "application/json",
                "{\"deploymentId\":\"" + ID + "\",\"deploymentName\":\"rehearsal\","
                    + "\"deploymentState\":\"VALIDATED\",\"purls\":[],\"errors\":{}}"));
    server.start();
    Files.writeString(Path.of(args[0]), String.valueOf(server.getAddress().getPort()));
  }

  /** The only part of the multipart body: from the start of the zip to the last boundary. */
  private static byte[] part(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int start = text.indexOf(new String(ZIP, StandardCharsets.ISO_8859_1));
    int end = text.lastIndexOf("\r\n--");
    return text.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
