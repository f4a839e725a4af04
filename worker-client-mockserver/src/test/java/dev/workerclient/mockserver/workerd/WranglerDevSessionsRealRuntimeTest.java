package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RetryOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.WorkerThrewException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WranglerDevServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The binding proxy and its target in one session of wrangler dev, and in two of two versions. */
@Tag("workerd")
@Timeout(120)
class WranglerDevSessionsRealRuntimeTest {
  private static final Path TARGET = Installed.inProxyFolder("test/dev/worker/wrangler.jsonc");

  @TempDir private Path folder;

  interface Api {
    String ok();
  }

  @ParameterizedTest
  @MethodSource("dev.workerclient.mockserver.workerd.InstalledWrangler#all")
  void oneSession(InstalledWrangler installed) throws IOException {
    try (WranglerDevServer both = installed.server().config(proxy(), TARGET).start();
        WorkerClient client = client(both)) {
      WorkerService target = client.service("TARGET");

      assertThat(target.get("/ok").execute().string()).isEqualTo("ok");
      assertThat(Rpc.of(client.service("ADMIN"), Api.class).ok()).isEqualTo("ok");
      assertThat(
              catchThrowableOfType(
                  WorkerThrewException.class, () -> target.get("/throws").execute()))
          .hasMessageContaining("TARGET_THREW");
    }
  }

  @Test
  void twoVersionsOfWranglerLoseEachRpcCallAndTheFixNamesTheVersions() throws IOException {
    Path registry = folder.resolve("registry");
    try (WranglerDevServer proxy =
            InstalledWrangler.OLDEST.server().config(proxy()).registry(registry).start();
        WranglerDevServer target =
            InstalledWrangler.NEWEST.server().config(TARGET).registry(registry).start();
        WorkerClient client = client(proxy)) {
      assertThat(target.port()).isPositive();
      InstalledWrangler.awaitOk(client.service("TARGET"));

      BindingProxyException failure =
          catchThrowableOfType(
              BindingProxyException.class, Rpc.of(client.service("ADMIN"), Api.class)::ok);

      assertThat(failure).hasMessageContaining("NETWORK_LOST");
      assertThat(failure.diagnosis().fix()).contains("both run the same version of wrangler");
    }
  }

  private static WorkerClient client(WranglerDevServer proxy) {
    return WorkerClient.builder()
        .bindingProxy(proxy.url())
        .retry(RetryOptions.builder().maxAttempts(1).build())
        .service("TARGET")
        .service("ADMIN")
        .build();
  }

  /** One session does not start with a binding that it cannot resolve. */
  private Path proxy() throws IOException {
    String bundle = Installed.inProxyFolder("dist/binding-proxy.js").toString();
    return Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {
          "name": "binding-proxy",
          "main": "%s",
          "no_bundle": true,
          "compatibility_date": "2026-04-21",
          "services": [
            { "binding": "TARGET", "service": "target" },
            { "binding": "ADMIN", "service": "target", "entrypoint": "Admin" }
          ],
          "vars": {
            "BINDINGS": {
              "TARGET": { "kind": "service" },
              "ADMIN": { "kind": "service", "methods": ["ok"] }
            },
            "ALLOW_ANONYMOUS": "true"
          }
        }
        """
            .formatted(bundle));
  }
}
