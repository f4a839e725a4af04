package dev.workerclient.examples.local;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WranglerDevServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Starts the binding proxy and two Workers in one session of {@code wrangler dev}, and calls them
 * by fetch and by RPC.
 */
public final class LocalDevelopment {
  private static final Path WORKERS = Path.of("worker-client-examples/local-development");

  private LocalDevelopment() {}

  /** The catalog's methods. */
  interface Catalog {
    int priceOf(String item);
  }

  /** Runs it in the folder of this project. */
  public static void main(String[] arguments) {
    run(Path.of(""), System.out);
  }

  static void run(Path project, PrintStream out) {
    Path workers = project.resolve(WORKERS);
    out.println("Starting wrangler dev with binding-proxy, orders and catalog …");
    try (WranglerDevServer dev =
            server(project)
                .config(
                    workers.resolve("proxy/wrangler.jsonc"),
                    workers.resolve("orders/wrangler.jsonc"),
                    workers.resolve("catalog/wrangler.jsonc"))
                .start();
        WorkerClient client = client(dev.url())) {
      out.println("The binding proxy listens on " + dev.url());
      call(client, out);
    }
  }

  private static WorkerClient client(String proxy) {
    return WorkerClient.builder()
        .bindingProxy(proxy) // http://localhost:8787 if you started wrangler dev yourself
        .service("ORDERS")
        .service("CATALOG")
        .build();
  }

  private static void call(WorkerClient client, PrintStream out) {
    WorkerService orders = client.service("ORDERS");
    orders.post("/orders").body(Map.of("item", "apple")).execute().orThrow();
    out.println("ORDERS by fetch: " + orders.get("/orders").execute().string());

    Catalog catalog = Rpc.of(client.service("CATALOG"), Catalog.class);
    out.println("CATALOG by RPC: an apple costs " + catalog.priceOf("apple") + " cents");

    out.println();
    out.println(client.health().toTable());
  }

  /** This project's wrangler, on the Node.js that its tests use or the one on the PATH. */
  private static WranglerDevServer.Builder server(Path project) {
    Path proxy = project.resolve("binding-proxy");
    WranglerDevServer.Builder server =
        WranglerDevServer.builder().wrangler(proxy.resolve("node_modules/wrangler"));
    Path node = proxy.resolve("test/runtimes/node_modules/node-22/bin/node");
    return Files.exists(node) ? server.node(node) : server;
  }
}
