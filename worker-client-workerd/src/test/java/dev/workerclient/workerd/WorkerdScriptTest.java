package dev.workerclient.workerd;

import static dev.workerclient.workerd.FakeWorkerd.WAIT;
import static dev.workerclient.workerd.FakeWorkerd.listen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server writes around a script, and what it refuses, with a shell script as workerd. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class WorkerdScriptTest {
  /** Keeps what was written, and prints where it was. */
  private static final String KEEP =
      "folder=$(dirname \"$3\")\ncp -pR \"$folder\" \"$0.kept\"\necho \"$folder\"\n";

  @TempDir Path folder;

  @Test
  void aScriptAndItsSettingsAreLaidOut() throws IOException {
    Path script = Files.writeString(folder.resolve("my index.mjs"), "export default {}");
    WorkerdServer.Builder builder =
        fake(KEEP + listen("http", 80) + WAIT)
            .script(script)
            .compatibilityDate("2025-09-01")
            .compatibilityFlags("nodejs_compat", "experimental")
            .textBinding("A", "first")
            .textBinding("B", "b\n")
            .textBinding("A", "\"last\"");
    try (WorkerdServer workerd = builder.start()) {
      assertThat(workerd.port()).isEqualTo(80);
    }
    assertThat(kept("worker.js")).isEqualTo("export default {}");
    assertThat(kept("config.capnp"))
        .contains("name = \"http\", address = \"127.0.0.1:0\"")
        .contains("(name = \"my index.mjs\", esModule = embed \"worker.js\")")
        .contains("compatibilityDate = \"2025-09-01\"")
        .contains("compatibilityFlags = [\"nodejs_compat\", \"experimental\"]")
        .contains(
            "bindings = [(name = \"A\", text = \"\\\"last\\\"\"), (name = \"B\", text ="
                + " \"b\\x0a\")]");
  }

  @Test
  void noOtherUserCanReadWhatIsWritten() throws IOException {
    fake(KEEP + listen("http", 80) + WAIT).scriptText("").start().close();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("workerd.kept"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsWrittenIsGoneWhenTheServerHasStarted() throws IOException {
    try (WorkerdServer workerd =
        fake(KEEP + listen("http", 80) + WAIT).scriptText("export default {}").start()) {
      assertThat(kept("worker.js")).isEqualTo("export default {}");
      assertThat(Path.of(workerd.log())).doesNotExist();
    }
  }

  @Test
  void whatIsWrittenIsGoneWhenTheStartFails() throws IOException {
    WorkerdServer.Builder builder = fake(KEEP + "exit 1\n").scriptText("");
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("ended with status 1; script given as text; it printed:\n")
        .satisfies(e -> assertThat(printedFolder(e)).isAbsolute().doesNotExist());
  }

  @Test
  void whatIsInUseAtTheStartIsGoneWhenTheServerIsClosed() throws IOException {
    // A file more in the folder keeps it from being deleted until it is gone.
    String busy = KEEP + "touch \"$folder/busy\"\n" + listen("http", 80);
    String leave = "trap 'rm \"$folder/busy\"; exit' TERM\n";
    WorkerdServer workerd = fake(leave + busy + WAIT).scriptText("").start();
    Path written = Path.of(workerd.log());
    assertThat(written).isDirectory();
    workerd.close();
    assertThat(written).doesNotExist();
  }

  @Test
  void aBinaryWhoseLoaderIsMissingIsNamedAndLeavesNothing() throws IOException {
    Path binary = Files.writeString(folder.resolve("other"), "#!/no/such/loader\n");
    assertThat(binary.toFile().setExecutable(true)).isTrue();
    WorkerDefinition script = new WorkerDefinition("worker").scriptText("");
    ServedConfig served = ServedConfig.write(Fleet.of("worker", script), "script");
    assertThat(served.file()).exists();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> served.start(binary, new WorkerdSockets(Set.of())))
        .withMessage("workerd could not be started from " + binary);
    assertThat(served.file().getParent()).doesNotExist();
  }

  @Test
  void oneOfScriptAndConfigurationIsRequired() throws IOException {
    refused(WorkerdServer.builder(), "nothing to serve was given; set script(file)");
    refused(WorkerdServer.builder().textBinding("A", "a"), "nothing to serve was given");
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(
        WorkerdServer.builder().script(file).config(file),
        "a configuration and a script were both given");
    refused(
        WorkerdServer.builder().scriptText("").config(file),
        "a configuration and a script were both given");
    refused(
        WorkerdServer.builder().script(file).scriptText(""),
        "by script(file) and by scriptText(text); give one of them");
  }

  @Test
  void settingsOfAScriptAreNoneOfAConfiguration() throws IOException {
    Path config = Files.writeString(folder.resolve("config.capnp"), "");
    String reason = "are for script(file) and scriptText(text); with a configuration, write them";
    refused(WorkerdServer.builder().config(config).textBinding("A", "a"), reason);
    refused(WorkerdServer.builder().config(config).compatibilityFlags("nodejs_compat"), reason);
    refused(WorkerdServer.builder().config(config).compatibilityDate("2026-01-01"), reason);
  }

  @Test
  void aScriptThatIsNoFileIsRefused() {
    refused(WorkerdServer.builder().script(folder), folder + ", which is not a file");
    Path missing = folder.resolve("dist/index.js");
    refused(WorkerdServer.builder().script(missing), missing + ", which is not a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "today", "2026-2-3", "2026-02-30", "+12026-01-01", "2026-01-01\""})
  void aCompatibilityDateIsADay(String date) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().compatibilityDate(date))
        .withMessage(
            "the compatibility date was given as \"" + date + "\"; write a day as 2026-04-21");
  }

  @Test
  void aBindingHasANameAndWholeCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().textBinding("", "a"))
        .withMessageContaining("without a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().textBinding("A", "\udc00"))
        .withMessageContaining("half a surrogate pair");
  }

  private static void refused(WorkerdServer.Builder builder, String reason) {
    assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining(reason);
  }

  private WorkerdServer.Builder fake(String program) throws IOException {
    return WorkerdServer.builder().binary(FakeWorkerd.write(folder, program));
  }

  private String kept(String file) throws IOException {
    return Files.readString(folder.resolve("workerd.kept").resolve(file));
  }

  private static Path printedFolder(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return Path.of(message.substring(message.lastIndexOf('\n') + 1));
  }
}
