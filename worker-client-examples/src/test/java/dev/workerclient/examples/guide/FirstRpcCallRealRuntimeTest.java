package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.examples.InstalledWorkerd;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first example of docs/rpc.md: its Worker, and its methods in BINDINGS, on real workerd. */
@Tag("workerd")
class FirstRpcCallRealRuntimeTest {
  private static final String TOKEN = "token-of-the-example-0123456789-abcdef";

  @Test
  void theWorkerOfThePageRunsBothMethods() throws IOException {
    String page = Files.readString(Path.of("../docs/rpc.md"));
    assertThat(block(page, "jsonc"))
        .contains("\"ACCOUNTS\": { \"kind\": \"service\", \"methods\": [\"hello\", \"profile\"] }");

    try (WorkerdServer workerd =
        WorkerdServer.builder()
            .worker("accounts", accounts -> accounts.scriptText(block(page, "js")))
            .bindingProxy(
                TOKEN,
                proxy ->
                    proxy.service("ACCOUNTS", "accounts").methods("ACCOUNTS", "hello", "profile"))
            .binary(InstalledWorkerd.path())
            .start()) {
      FirstRpcCall.main(new String[] {workerd.url("binding-proxy"), TOKEN});

      workerd.awaitLog("hello you", Duration.ofSeconds(5));
      workerd.awaitLog("profile 7", Duration.ofSeconds(5));
    }
  }

  /** The first code block of the page in that language. */
  private static String block(String page, String language) {
    String start = "```" + language + "\n";
    int begin = page.indexOf(start) + start.length();
    return page.substring(begin, page.indexOf("```", begin));
  }
}
