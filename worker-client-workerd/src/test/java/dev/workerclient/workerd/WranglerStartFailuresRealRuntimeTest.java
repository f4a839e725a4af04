package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A start that fails says why in wrangler's own words. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.InstalledWrangler#all")
class WranglerStartFailuresRealRuntimeTest {
  private static final String ANSWERS = "export default { fetch: () => new Response() };";

  private final InstalledWrangler installed;

  @TempDir Path folder;

  WranglerStartFailuresRealRuntimeTest(InstalledWrangler installed) {
    installed.require();
    this.installed = installed;
  }

  @Test
  void aFieldThatIsWrongInTheConfiguration() throws IOException {
    Path config = Worker.write(folder, "shop", "\"vars\": 5", ANSWERS);
    assertFails(installed.server().config(config))
        .withMessageContaining("wrangler dev ended with status 1; configuration " + config)
        .withMessageContaining("The field \"vars\" should be an object but got 5.");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    Path config = Worker.write(folder, "shop", "", ANSWERS);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(installed.server().config(config).port(taken.getLocalPort()))
          .withMessageContaining("ended with status 1")
          .withMessageContaining("Address already in use (127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aWorkerThatThrowsAtItsStart() throws IOException {
    Path config = Worker.write(folder, "shop", "", "throw new Error('no such order');" + ANSWERS);
    assertFails(installed.server().config(config))
        .withMessageContaining("Uncaught Error: no such order");
  }

  @Test
  void aWorkerThatImportsWhatIsNotThere() throws IOException {
    Path config = Worker.write(folder, "shop", "", "import './prices.js';" + ANSWERS);
    assertFails(installed.server().config(config))
        .withMessageContaining("wrangler dev could not build the Worker; ")
        .withMessageContaining("Could not resolve \"./prices.js\"");
  }

  private static ThrowableAssertAlternative<IllegalStateException> assertFails(
      WranglerDevServer.Builder builder) {
    return assertThatIllegalStateException().isThrownBy(builder::start);
  }
}
