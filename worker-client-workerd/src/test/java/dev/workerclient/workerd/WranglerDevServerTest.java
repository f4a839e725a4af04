package dev.workerclient.workerd;

import static dev.workerclient.workerd.FakeWrangler.OUTLIVE;
import static dev.workerclient.workerd.FakeWrangler.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shell script in wrangler's place: options, the start, the log, and the end. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class WranglerDevServerTest {
  @TempDir Path folder;

  @Test
  void wranglerGetsTheOptionsByName() throws IOException {
    try (WranglerDevServer server =
        FakeWrangler.server(folder, "printf '%s\\n' \"$@\"\n" + READY + OUTLIVE)
            .config(config("a.jsonc"), config("b.toml"))
            .env("staging")
            .var("A", "-x: \"y\" é")
            .var("B", "")
            .port(8787)
            .persistTo(folder.resolve("state"))
            .start()) {
      assertThat(server.log().lines().toList())
          .containsSubsequence(
              "--no-warnings",
              folder.resolve("node_modules/wrangler").toRealPath() + "/wrangler-dist/cli.js",
              "dev",
              "--config=" + folder.resolve("a.jsonc"),
              "--config=" + folder.resolve("b.toml"),
              "--env=staging",
              "--var=A:-x: \"y\" é",
              "--var=B:",
              "--ip=127.0.0.1",
              "--port=8787",
              "--inspector-port=0",
              "--persist-to=" + folder.resolve("state"),
              "--local");
    }
  }

  @Test
  void wranglerRunsInTheFolderOfTheConfigurationAndKeepsTheUsersHome() throws IOException {
    try (WranglerDevServer server =
        FakeWrangler.server(folder, "pwd; env\n" + READY + OUTLIVE)
            .registry(folder.resolve("registry"))
            .start()) {
      assertThat(server.log().lines().toList())
          .contains(
              folder.toString(),
              "CI=true",
              "WRANGLER_SEND_METRICS=false",
              "CLOUDFLARE_CF_FETCH_ENABLED=false",
              "HOME=" + System.getenv("HOME"),
              "WRANGLER_REGISTRY_PATH=" + folder.resolve("registry"));
    }
  }

  @Test
  void eachServerHasItsOwnRegistryAndData() throws IOException {
    String print = "env | grep REGISTRY; printf '%s\\n' \"$@\" | grep persist\n";
    WranglerDevServer.Builder builder = FakeWrangler.server(folder, print + READY + OUTLIVE);
    try (WranglerDevServer one = builder.start();
        WranglerDevServer two = builder.start()) {
      assertThat(one.log().lines().limit(2))
          .doesNotContainAnyElementsOf(two.log().lines().limit(2).toList());
      assertThat(one.log())
          .contains("WRANGLER_REGISTRY_PATH=" + Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  @Test
  void theAddressIsTheOneThatWranglerPrintsFirst() throws IOException {
    String green = "printf '\\033[32mReady on http://127.0.0.1:8123\\033[0m\\n'\n";
    try (WranglerDevServer server = FakeWrangler.server(folder, green + READY + OUTLIVE).start()) {
      assertThat(server.url()).isEqualTo("http://127.0.0.1:8123");
      assertThat(server.port()).isEqualTo(8123);
      assertThat(server.awaitLog("8123", Duration.ofSeconds(20)))
          .isEqualTo("Ready on http://127.0.0.1:8123");
      assertThat(server).hasToString("WranglerDevServer[http://127.0.0.1:8123]");
    }
  }

  @Test
  void aStartThatFailsQuotesWrangler() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(FakeWrangler.server(folder, "echo no such field >&2; exit 3\n")::start)
        .withMessage(
            "wrangler dev ended with status 3; configuration "
                + folder.resolve("wrangler.jsonc")
                + "; it printed:\nno such field");
  }

  @Test
  void aBuildThatFailsIsNotWaitedFor() throws IOException {
    String failure = "echo '[ERROR] Build failed with 1 error:'; echo no such module\n";
    assertThatIllegalStateException()
        .isThrownBy(FakeWrangler.server(folder, failure + OUTLIVE)::start)
        .withMessageStartingWith("wrangler dev could not build the Worker; configuration ")
        .withMessageEndingWith("it printed:\n[ERROR] Build failed with 1 error:\nno such module");
  }

  @Test
  void aBuildThatFailsLaterDoesNotEndTheServer() throws IOException {
    try (WranglerDevServer server =
        FakeWrangler.server(folder, READY + "echo Build failed with 1 error:\n" + OUTLIVE)
            .start()) {
      server.awaitLog("Build failed", Duration.ofSeconds(20));
      assertThat(server.port()).isEqualTo(80);
    }
  }

  @Test
  void aStartThatTakesTooLongEndsAllProcesses() throws IOException {
    String program = "sleep 60 & echo $!; exec sleep 60\n";
    String message = "";
    try {
      FakeWrangler.server(folder, program).startTimeout(Duration.ofSeconds(1)).start().close();
    } catch (IllegalStateException e) {
      message = String.valueOf(e.getMessage());
    }
    assertThat(message)
        .startsWith("wrangler dev was not ready in the time given; configuration ")
        .contains("; it printed:\n");
    ChildJvm.awaitGone(Long.parseLong(message.substring(message.lastIndexOf('\n') + 1)));
  }

  @Test
  void closeEndsProcessesThatIgnoreTheSignal() throws IOException {
    String stubborn = "trap '' TERM; sleep 60 & echo $!; echo $$\n" + READY + "sleep 60\n";
    WranglerDevServer server = FakeWrangler.server(folder, stubborn).start();
    List<Long> ids = server.log().lines().limit(2).map(Long::valueOf).toList();
    server.close();
    ids.forEach(ChildJvm::awaitGone);
    server.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // which has setsid
  void whatAWranglerThatIsKilledLeavesBehindIsEnded() throws IOException {
    String program = "sleep 60 >&- 2>&- & echo $!; echo $$\n" + READY + "exec sleep 60\n";
    try (WranglerDevServer server = FakeWrangler.server(folder, program).start()) {
      List<Long> ids = server.log().lines().limit(2).map(Long::valueOf).toList();
      ProcessHandle.of(ids.get(1)).orElseThrow().destroyForcibly();
      ids.forEach(ChildJvm::awaitGone);
    }
  }

  @Test
  void aConfigurationIsRequiredAndIsAFile() throws IOException {
    refused(WranglerDevServer.builder(), "nothing to serve was given; set config(file)");
    refused(
        WranglerDevServer.builder().config(config("a.jsonc"), folder),
        folder + ", which is not a file that can be read");
    Path missing = folder.resolve("missing.jsonc");
    refused(WranglerDevServer.builder().config(missing), missing + ", which is not a file");
  }

  @Test
  void wranglerIsFoundAboveTheConfiguration() throws IOException {
    FakeWrangler.install(folder);
    Path config = config("apps/shop/wrangler.jsonc");
    assertThat(Wrangler.resolve(Path.of("/bin/sh"), null, config).script())
        .isEqualTo(folder.resolve("node_modules/wrangler/wrangler-dist/cli.js"));
    Files.delete(folder.resolve("node_modules/wrangler/wrangler-dist/cli.js"));
    assertThatIllegalStateException()
        .isThrownBy(() -> Wrangler.resolve(Path.of("/bin/sh"), null, config))
        .withMessageContaining("run npm install wrangler");
  }

  @Test
  void wranglerMayBeGivenByItsProgramOrByNpmsLink() throws IOException {
    Path wrangler = FakeWrangler.install(folder).toRealPath();
    Path link = folder.resolve("node_modules/.bin/wrangler");
    Files.createDirectories(folder.resolve("node_modules/.bin"));
    Files.createSymbolicLink(link, Path.of("../wrangler/bin/wrangler.js"));
    for (Path given : List.of(wrangler.resolve("bin/wrangler.js"), link)) {
      assertThat(Wrangler.resolve(Path.of("/bin/sh"), given).script())
          .isEqualTo(wrangler.resolve("wrangler-dist/cli.js"));
    }
  }

  @Test
  void aWranglerOrNodeThatCanNotRunIsRefused() throws IOException {
    WranglerDevServer.Builder builder = FakeWrangler.server(folder, OUTLIVE);
    refused(builder.wrangler(folder), "give the folder that npm installed, such as node_modules");
    Path missing = folder.resolve("missing");
    refused(builder.wrangler(missing), "wrangler was given as " + missing);
    builder.wrangler(FakeWrangler.install(folder));
    refused(builder.node(missing), "Node.js was given as " + missing);
  }

  @Test
  void aNodeWhoseLoaderIsMissingIsNamed() throws IOException {
    Path binary = Files.writeString(folder.resolve("other"), "#!/no/such/loader\n");
    assertThat(binary.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(FakeWrangler.server(folder, "").node(binary)::start)
        .isInstanceOfAny(UncheckedIOException.class, IllegalStateException.class)
        .hasMessageContaining(binary.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A:B", ":", "A\0"})
  void aVariableHasANameThatWranglerTakes(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WranglerDevServer.builder().var(name, "a"))
        .withMessageContaining("variable");
  }

  @Test
  void otherOptionsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WranglerDevServer.builder().var("A", "\0"))
        .withMessageContaining("put it into \"vars\" of the configuration");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WranglerDevServer.builder().port(65_536))
        .withMessage("the port was given as 65536; give one up to 65535, or 0 for a free one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WranglerDevServer.builder().startTimeout(Duration.ZERO))
        .withMessageContaining("give a time that wrangler can start in");
  }

  private Path config(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "{}");
  }

  private static void refused(WranglerDevServer.Builder builder, String reason) {
    assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining(reason);
  }
}
