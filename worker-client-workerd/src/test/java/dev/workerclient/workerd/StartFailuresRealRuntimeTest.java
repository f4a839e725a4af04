package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A start that fails says why in workerd's own words. */
@Tag("workerd")
@Timeout(60)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.Installed#all")
class StartFailuresRealRuntimeTest {
  private static final String SOCKETS =
      "sockets = [(name = \"http\", address = \"127.0.0.1:%d\", service = \"worker\")],";

  private final Installed runtime;

  @TempDir Path folder;

  StartFailuresRealRuntimeTest(Installed runtime) {
    runtime.require();
    this.runtime = runtime;
  }

  @Test
  void aSyntaxErrorInTheConfiguration() throws IOException {
    Path config = config(String.format(SOCKETS, 0).replace("]", ""));
    assertFails(server().config(config))
        .withMessageContaining("ended with status 1; configuration " + config + "; it printed:\n")
        .withMessageContaining("config.capnp:5:1: Parse error.");
  }

  @Test
  void aConfigurationWithoutSockets() throws IOException {
    assertFails(server().config(config("")))
        .withMessageContaining("ended with status 0")
        .withMessageContaining("a configuration has no sockets; add sockets = [");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(server().config(config(String.format(SOCKETS, taken.getLocalPort()))))
          .withMessageContaining("ended with status 1")
          .withMessageContaining("Address already in use");
    }
  }

  @Test
  void aSyntaxErrorInTheScript() throws IOException {
    Path script =
        Files.writeString(folder.resolve("shop.js"), "export default {\n  fetch(request { }\n};");
    assertFails(server().script(script))
        .withMessageContaining("ended with status 1; script " + script + "; it printed:\n")
        .withMessageContaining("SyntaxError: ")
        .withMessageContaining("at shop.js:2");
  }

  @Test
  void aScriptThatThrowsAtTheStart() {
    assertFails(server().scriptText("throw new TypeError('no such order');"))
        .withMessageContaining("Uncaught TypeError: no such order")
        .withMessageContaining("at worker.js:1");
  }

  @Test
  void aScriptThatRejectsAtTheStart() {
    assertFails(server().scriptText("await Promise.reject(new Error('no such order'));"))
        .withMessageContaining("Uncaught Error: no such order");
  }

  @Test
  void aScriptThatNeverEndsItsStart() {
    assertFails(server().scriptText("for (;;) {}").startTimeout(Duration.ofMillis(500)))
        .withMessageContaining("listened on no socket in the time given; script given as text");
  }

  @Test
  void aScriptThatImportsWhatIsNotInIt() {
    assertFails(server().scriptText("import { helper } from './helper.js';"))
        .withMessageContaining("No such module \"helper.js\"");
  }

  @Test
  void aCompatibilityDateThatTheBinaryDoesNotKnow() {
    assertFails(server().scriptText("").compatibilityDate("2099-12-31"))
        .withMessageContaining("the newest date supported by this server binary is");
  }

  @Test
  void aCompatibilityFlagThatDoesNotExist() {
    assertFails(server().scriptText("").compatibilityFlags("no_such\nflag"))
        .withMessageContaining("No such compatibility flag: no_such\nflag");
  }

  private static ThrowableAssertAlternative<IllegalStateException> assertFails(
      WorkerdServer.Builder builder) {
    return assertThatIllegalStateException().isThrownBy(builder::start);
  }

  private WorkerdServer.Builder server() {
    return WorkerdServer.builder().binary(runtime.binary());
  }

  private Path config(String sockets) throws IOException {
    return Files.writeString(
        folder.resolve("config.capnp"),
        """
        using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (
          services = [(name = "worker", worker = .worker)],
          %s
        );
        const worker :Workerd.Worker = (
          modules = [(name = "worker.js", esModule = "export default {};")],
          compatibilityDate = "2026-04-21",
        );
        """
            .formatted(sockets));
  }
}
