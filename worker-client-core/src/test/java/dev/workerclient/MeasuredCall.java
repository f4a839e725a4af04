package dev.workerclient;

import java.nio.charset.StandardCharsets;

/** A warm call in a JVM of its own, between {@link #begin} and {@link #end}. */
final class MeasuredCall {
  private static final int WARM_UP = 20;
  private static final String FINE =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  private static final String ERROR_1042 =
      "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=UTF-8\r\nServer: cloudflare\r\n"
          + "cf-ray: 8f00aa11bb22cc33-FRA\r\nContent-Length: 16\r\n\r\nerror code: 1042";

  private MeasuredCall() {}

  public static void main(String[] args) {
    String answer = args[0].equals("get") ? FINE : ERROR_1042;
    try (RawServer server =
            new RawServer().replies(out -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
        WorkerClient client =
            WorkerClient.builder()
                .retry(RetryOptions.disabled())
                .service("ORDERS", service -> service.customDomain(server.url()))
                .build()) {
      WorkerService orders = client.service("ORDERS");
      for (int i = 0; i < WARM_UP; i++) {
        run(orders);
      }
      client.resetBreakers();
      begin();
      run(orders);
      end();
    }
    System.exit(0);
  }

  private static void run(WorkerService orders) {
    try {
      String unused = orders.get("/orders").execute().string();
    } catch (RuntimeException e) {
      String unused = e.getMessage();
    }
  }

  private static void begin() {}

  private static void end() {}
}
