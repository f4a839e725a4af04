package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerdBinaryTest {
  private static final byte[] NATIVE = {0x7f, 'E', 'L', 'F'};
  private static final byte[] SCRIPT = {'#', '!', '/', 'n'};

  @TempDir Path project;

  @Test
  void isFoundInAFolderAboveAsThePackageOfThisPlatform() throws IOException {
    Path folder = Files.createDirectories(project.resolve("a/b"));
    Path binary = install(platformPackage(), NATIVE);
    assertThat(WorkerdServer.findBinary(folder)).contains(binary);
    assertThat(WorkerdServer.findBinary(folder.resolve("config.capnp"))).contains(binary);
  }

  @Test
  void isTheOneOfThePackageWorkerdOnlyWhereThatIsNoScriptOfNode() throws IOException {
    Path shim = install("workerd", SCRIPT);
    assertThat(WorkerdServer.findBinary(project)).isEmpty();
    Files.write(shim, NATIVE);
    assertThat(WorkerdServer.findBinary(project)).contains(shim);
  }

  @Test
  void isTheNearestOne() throws IOException {
    install("workerd", NATIVE);
    Path inner = Files.createDirectories(project.resolve("inner"));
    Path nearer = install(inner, "workerd", NATIVE);
    assertThat(WorkerdServer.findBinary(inner)).contains(nearer);
  }

  @Test
  void isWhatTheSystemPropertyNames() {
    System.setProperty("workerclient.workerd", "/some/workerd");
    try {
      assertThat(WorkerdServer.findBinary(project)).contains(Path.of("/some/workerd"));
    } finally {
      System.clearProperty("workerclient.workerd");
    }
  }

  @Test
  void whereThereIsNoneTheErrorNamesThePackageToInstall() {
    assertThat(WorkerdBinary.notFound())
        .hasMessageContaining("install the npm package workerd")
        .hasMessageContaining(platformPackage());
  }

  @Test
  void whereThereIsNoneTheStartNamesThePackageToInstall() {
    assumeThat(WorkerdServer.findBinary(Path.of(""))).as("workerd above this folder").isEmpty();
    Path script = project.resolve("index.js");
    assertThatIllegalStateException()
        .isThrownBy(() -> WorkerdServer.builder().script(Files.writeString(script, "")).start())
        .withMessageContaining("install the npm package workerd (or " + platformPackage());
  }

  @Test
  void isFoundAboveTheScriptWhereThereIsNoneAboveThisFolder() throws IOException {
    assumeThat(WorkerdServer.findBinary(Path.of(""))).as("workerd above this folder").isEmpty();
    Path binary = install("workerd", NATIVE);
    assertThat(WorkerdBinary.resolve(null, project.resolve("dist/index.js"))).isEqualTo(binary);
  }

  @Test
  void aGivenOneThatCannotBeRunIsRefused() throws IOException {
    Path config = Files.writeString(project.resolve("config.capnp"), "");
    WorkerdServer.Builder builder = WorkerdServer.builder().config(config).binary(config);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::start)
        .withMessageContaining("not a program that can be run");
  }

  @Test
  void aConfigurationIsRequired() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().config(project.resolve("none.capnp")).start())
        .withMessageContaining("none.capnp");
  }

  private Path install(String name, byte[] content) throws IOException {
    return install(project, name, content);
  }

  private static Path install(Path folder, String name, byte[] content) throws IOException {
    Path binary = folder.resolve("node_modules").resolve(name).resolve("bin/workerd");
    Files.createDirectories(binary.getParent());
    Files.write(binary, content);
    assertThat(binary.toFile().setExecutable(true)).isTrue();
    return binary;
  }

  private static String platformPackage() {
    String message = String.valueOf(WorkerdBinary.notFound().getMessage());
    return message.replaceAll(".*\\(or (\\S+) alone\\).*", "$1");
  }
}
