package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A script alone on real workerd. */
@Tag("workerd")
@Timeout(60)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.Installed#all")
class WorkerdServerRealRuntimeTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ENV =
      "export default { fetch: (request, env) => Response.json(Object.entries(env).flat()) };";

  private final Installed runtime;

  @TempDir Path folder;

  WorkerdServerRealRuntimeTest(Installed runtime) {
    runtime.require();
    this.runtime = runtime;
  }

  @Test
  void aScriptAnswers() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("index.js"),
            "export default { fetch: (request) => new Response(new URL(request.url).pathname) };");
    try (WorkerdServer workerd = server().script(script).start()) {
      assertThat(get(workerd.url() + "/hello")).isEqualTo("/hello");
      assertThat(workerd.url()).isEqualTo(workerd.url("http"));
    }
  }

  @Test
  void aScriptOfAnyFileNameAnswers() throws Exception {
    Path script = Files.writeString(folder.resolve("a \"b\" wörker#1.mjs"), ENV);
    try (WorkerdServer workerd = server().script(script).start()) {
      assertThat(get(workerd.url())).isEqualTo("[]");
    }
  }

  @Test
  void aSocketOfAnyNameTellsItsPort() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.capnp"),
            """
            using Workerd = import "/workerd/workerd.capnp";
            const config :Workerd.Config = (
              services = [(name = "worker", worker = .worker)],
              sockets = [
                (name = "the \\"odd\\" wörker", address = "127.0.0.1:0", service = "worker"),
              ],
            );
            const worker :Workerd.Worker = (
              modules = [(name = "worker.js",
                  esModule = "export default { fetch: () => new Response('odd') };")],
              compatibilityDate = "2026-04-21",
            );
            """);
    try (WorkerdServer workerd = server().config(config).start()) {
      assertThat(get(workerd.url("the \"odd\" wörker"))).isEqualTo("odd");
    }
  }

  @Test
  void awkwardTextsComeToTheWorkerAsTheyAre() throws Exception {
    String everything =
        IntStream.concat(
                IntStream.rangeClosed(0, 0x17f), IntStream.of(0x2028, 0xd7ff, 0xfeff, 0x1f600))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    String worker =
        """
        export default {
          fetch: (request, env) => Response.json(
            ["TEXT", "LOOKS_ESCAPED", "EMPTY", "an \\"odd\\" nämé\\n"].map(
              (name) => [...env[name]].map((c) => c.codePointAt(0)).join())),
        };
        """;
    try (WorkerdServer workerd =
        server()
            .scriptText(worker)
            .textBinding("TEXT", everything)
            .textBinding("LOOKS_ESCAPED", "\\n\\x41\\\"`'); ]")
            .textBinding("EMPTY", "")
            .textBinding("an \"odd\" nämé\n", "there")
            .start()) {
      assertThat(get(workerd.url()))
          .isEqualTo(
              List.of(everything, "\\n\\x41\\\"`'); ]", "", "there").stream()
                  .map(WorkerdServerRealRuntimeTest::codePoints)
                  .collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }
  }

  @Test
  void aLongTextComesToTheWorker() throws Exception {
    try (WorkerdServer workerd =
        server()
            .scriptText(
                "export default { fetch: (request, env) => new Response(env.LONG.length) };")
            .textBinding("LONG", "é\n".repeat(100_000))
            .start()) {
      assertThat(get(workerd.url())).isEqualTo("200000");
    }
  }

  @Test
  void compatibilityFlagsAndDateAreThoseOfTheWorker() throws Exception {
    String worker =
        """
        import { Buffer } from "node:buffer";
        export default { fetch: () => new Response(Buffer.from("node").toString("hex")) };
        """;
    try (WorkerdServer workerd =
        server()
            .scriptText(worker)
            .compatibilityDate("2025-01-01")
            .compatibilityFlags("nodejs_compat")
            .start()) {
      assertThat(get(workerd.url())).isEqualTo("6e6f6465");
    }
  }

  @Test
  void whatAWorkerLogsIsInTheLog() throws Exception {
    String worker =
        """
        export default {
          fetch(request) {
            console.log("placed", { order: 7 });
            console.error("but dearly");
            return new Response();
          },
        };
        """;
    try (WorkerdServer workerd = server().scriptText(worker).start()) {
      get(workerd.url());
      assertThat(workerd.awaitLog("placed", Duration.ofSeconds(20)))
          .contains("placed")
          .contains("order: 7");
      assertThat(workerd.awaitLog("dearly", Duration.ofSeconds(20))).contains("but dearly");
      assertThat(workerd.log()).contains("placed").contains("but dearly");
    }
  }

  @Test
  void whatAWorkerThrowsIsInTheLog() throws Exception {
    String worker = "export default { fetch() { throw new TypeError('no such order'); } };";
    try (WorkerdServer workerd = server().scriptText(worker).start()) {
      get(workerd.url());
      workerd.awaitLog("TypeError: no such order", Duration.ofSeconds(20));
    }
  }

  @Test
  void stackTracesNameTheScriptsFile() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("shop.js"),
            "export default { fetch: () => new Response(new Error().stack) };");
    try (WorkerdServer workerd = server().script(script).start()) {
      assertThat(get(workerd.url())).contains("shop.js:1:");
    }
  }

  @Test
  void twoServersAtOnceHaveTheirOwnPortsAndTexts() throws Exception {
    WorkerdServer.Builder builder = server().scriptText(ENV);
    try (WorkerdServer one = builder.textBinding("A", "one").start();
        WorkerdServer two = builder.textBinding("A", "two").start()) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThat(get(one.url())).isEqualTo("[\"A\",\"one\"]");
      assertThat(get(two.url())).isEqualTo("[\"A\",\"two\"]");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which does not tell the arguments
  void closeLeavesNeitherProcessNorFolder() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    WorkerdServer workerd = server().scriptText(ENV).start();
    ProcessHandle process =
        ProcessHandle.current()
            .children()
            .filter(child -> !before.contains(child))
            .filter(child -> child.info().commandLine().orElse("").contains(" serve "))
            .findFirst()
            .orElseThrow();
    String[] arguments = process.info().arguments().orElseThrow();
    Path written = Path.of(arguments[arguments.length - 1]).getParent();
    String url = workerd.url();
    assertThat(get(url)).isEqualTo("[]");

    workerd.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(written).isAbsolute().doesNotExist();
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(url));
  }

  @Test
  void theBuilderOfAClosedServerStartsAnother() throws Exception {
    WorkerdServer.Builder builder = server().scriptText(ENV).textBinding("A", "a");
    builder.start().close();
    try (WorkerdServer again = builder.start()) {
      assertThat(get(again.url())).isEqualTo("[\"A\",\"a\"]");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledJvmLeavesNoProcess() throws IOException {
    try (ChildJvm jvm = ChildJvm.start(runtime.binary(), "waits")) {
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
    }
  }

  private WorkerdServer.Builder server() {
    return WorkerdServer.builder().binary(runtime.binary());
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static String codePoints(String text) {
    return text.codePoints().mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
