package dev.workerclient.workerd;

import static dev.workerclient.workerd.Worker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers with data, a queue and assets, on a real wrangler dev that the tests share. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.InstalledWrangler#all")
class WranglerDevServerRealRuntimeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Binds the catalog of another wrangler dev. */
  private static final String SHOP =
      """
      "vars": { "GREETING": "hello", "SECOND": "of the configuration" },
      "kv_namespaces": [{ "binding": "KV", "id": "kv" }],
      "d1_databases": [
        { "binding": "DB", "database_name": "orders", "database_id": "orders" }
      ],
      "r2_buckets": [{ "binding": "PICTURES", "bucket_name": "pictures" }],
      "queues": {
        "producers": [{ "binding": "JOBS", "queue": "jobs" }],
        "consumers": [{ "queue": "jobs", "max_batch_timeout": 0 }],
      },
      "assets": { "directory": "public" },
      "services": [
        { "binding": "PRICES", "service": "prices" },
        { "binding": "CATALOG", "service": "catalog" },
      ],
      "dev": { "local_protocol": "https", "port": 1 },
      """;

  private static final String SHOP_SCRIPT =
      """
      export default {
        async fetch(request, env) {
          const { pathname } = new URL(request.url);
          switch (pathname) {
            case "/vars": return new Response(`${env.GREETING}, ${env.SECOND}`);
            case "/kv":
              await env.KV.put("apple", "red");
              return new Response(await env.KV.get("apple"));
            case "/d1":
              await env.DB.exec("CREATE TABLE orders (item TEXT)");
              await env.DB.prepare("INSERT INTO orders VALUES (?)").bind("pear").run();
              return new Response(await env.DB.prepare("SELECT item FROM orders").first("item"));
            case "/r2":
              await env.PICTURES.put("apple.txt", "a picture");
              return new Response(await (await env.PICTURES.get("apple.txt")).text());
            case "/queue":
              await env.JOBS.send({ order: 7 });
              return new Response("sent");
            case "/cf": return new Response(request.cf.colo);
            case "/prices": return env.PRICES.fetch(request);
            case "/catalog": return env.CATALOG.fetch(request);
          }
          return new Response("no such page", { status: 404 });
        },
        async queue(batch) {
          for (const { body } of batch.messages) console.log(`order ${body.order} is packed`);
        },
      };
      """;

  @TempDir static Path folder;
  private static @Nullable WranglerDevServer running;

  @BeforeParameterizedClassInvocation
  static void start(InstalledWrangler installed) throws IOException {
    installed.require();
    Path config = Worker.write(folder, "shop", SHOP, SHOP_SCRIPT);
    Path assets = Files.createDirectories(config.resolveSibling("public"));
    Files.writeString(assets.resolve("terms.txt"), "no refunds");
    Path prices =
        Worker.write(
            folder,
            "prices",
            "",
            "export default { fetch: (request, env) => new Response(`5, ${env.SECOND}`) };");
    running =
        installed
            .server()
            .config(config, prices)
            .var("SECOND", "a \"b\": é\n--c")
            .registry(folder.resolve("registry"))
            .start();
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  private final InstalledWrangler installed;
  private final WranglerDevServer shop = Objects.requireNonNull(running);

  WranglerDevServerRealRuntimeTest(InstalledWrangler installed) {
    this.installed = installed;
  }

  @Test
  void variablesAreThoseOfTheConfigurationAndOfTheTest() throws Exception {
    assertThat(get(shop.url() + "/vars")).isEqualTo("hello, a \"b\": é\n--c");
  }

  @Test
  void kvD1AndR2KeepData() throws Exception {
    assertThat(get(shop.url() + "/kv")).isEqualTo("red");
    assertThat(get(shop.url() + "/d1")).isEqualTo("pear");
    assertThat(get(shop.url() + "/r2")).isEqualTo("a picture");
    assertThat(folder.resolve("shop/.wrangler/state")).doesNotExist();
  }

  @Test
  void aMessageIsConsumedAndWhatIsLoggedIsAwaited() throws Exception {
    assertThat(get(shop.url() + "/queue")).isEqualTo("sent");
    assertThat(shop.awaitLog("order 7 is packed", LONG)).endsWith("order 7 is packed");
    assertThat(shop.log()).contains("Ready on " + shop.url()).doesNotContain("\u001B");
  }

  @Test
  void assetsAreServed() throws Exception {
    assertThat(get(shop.url() + "/terms.txt")).isEqualTo("no refunds");
  }

  @Test
  void requestCfIsThereWithoutTheNetwork() throws Exception {
    assertThat(get(shop.url() + "/cf")).isEqualTo("DFW");
    assertThat(shop.log()).doesNotContain("Unable to fetch");
  }

  @Test
  void aWorkerOfTheSameServerIsReachedByItsBinding() throws Exception {
    // wrangler gives a variable of --var to the first configuration alone.
    assertThat(get(shop.url() + "/prices")).isEqualTo("5, undefined");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which tells no parents
  void aWorkerOfAnotherServerIsReachedOverTheRegistryUntilItIsClosed() throws Exception {
    assertThat(get(shop.url() + "/catalog")).contains("\"catalog\" not found");
    Path config =
        Worker.write(
            folder, "catalog", "", "export default { fetch: () => new Response('apple, pear') };");
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    WranglerDevServer catalog =
        installed.server().config(config).registry(folder.resolve("registry")).start();
    List<ProcessHandle> started =
        ProcessHandle.current().descendants().filter(child -> !before.contains(child)).toList();
    Path data = dataFolder(started);
    try (catalog) {
      assertThat(data).isDirectory();
      assertThat(catalog.port()).isNotEqualTo(shop.port());
      assertThat(get(catalog.url())).isEqualTo("apple, pear");
      String answer = get(shop.url() + "/catalog");
      while (!answer.equals("apple, pear")) { // as soon as the shop has read the registry
        answer = get(shop.url() + "/catalog");
      }
    }
    catalog.close();

    assertThat(get(shop.url() + "/vars")).startsWith("hello");
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(catalog.url()));
    assertThat(catalog.log()).contains("Ready on ");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> catalog.awaitLog("nothing", LONG))
        .withMessageContaining("wrangler dev printed no line with \"nothing\" before it ended");
    started.forEach(process -> ChildJvm.awaitGone(process.pid()));
    assertThat(data).isAbsolute().doesNotExist();
    assertThat(folder.resolve("registry")).isDirectoryContaining("glob:**/shop");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledJvmLeavesNoProcess() throws IOException {
    Path config =
        Worker.write(folder, "alone", "", "export default { fetch: () => new Response('alone') };");
    try (ChildJvm jvm = ChildJvm.startWrangler(installed, config)) {
      assertThat(jvm.started()).hasSizeGreaterThan(3).allMatch(ChildJvm::isAlive);
      Path data = dataFolder(jvm.processes());
      assertThat(data).isDirectory();
      jvm.kill();
      jvm.started().forEach(ChildJvm::awaitGone);
      assertThat(data).isAbsolute().doesNotExist();
    }
  }

  private static Path dataFolder(List<ProcessHandle> processes) {
    String option = "--persist-to=";
    return processes.stream()
        .flatMap(process -> Stream.of(process.info().arguments().orElse(new String[0])))
        .filter(argument -> argument.startsWith(option))
        .map(argument -> Path.of(argument.substring(option.length())))
        .findFirst()
        .orElseThrow();
  }
}
