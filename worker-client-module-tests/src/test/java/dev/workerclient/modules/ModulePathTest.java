package dev.workerclient.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Modules compile against the library's modules, and run with them. */
@Timeout(120)
class ModulePathTest {
  @TempDir Path folder;

  @Test
  void coreAloneIsAllThatAModuleRequires() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/orders",
        exchange -> {
          byte[] body = "two orders".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      App app = new App("minimal", folder);

      assertThat(app.compile()).isEmpty();
      assertThat(app.run("http://127.0.0.1:" + server.getAddress().getPort()))
          .isEqualToIgnoringNewLines("two orders");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void codecAndFileReaderAreFoundAndRpcAndMocksWork() throws Exception {
    App app = new App("full", folder, "worker-client-jackson3");

    assertThat(app.compile()).isEmpty();
    assertThat(app.run().lines())
        .containsExactly(
            "Order[id=7, cents=4200]",
            "WorkerClient[ORDERS]",
            "hello you",
            "dev.workerclient.workerd");
  }

  @Test
  void ofTwoCodecsThatOfJackson3IsTaken() throws Exception {
    App app = new App("both", folder);

    assertThat(app.compile()).isEmpty();
    assertThat(app.run().lines()).containsExactly("Order[id=7, cents=4200]", "tools.jackson.core");
  }

  @Test
  void whatIsInternalIsNotVisible() throws IOException {
    assertThat(new App("trespasser", folder).compile())
        .contains("package dev.workerclient.internal.classify is not visible");
  }
}
