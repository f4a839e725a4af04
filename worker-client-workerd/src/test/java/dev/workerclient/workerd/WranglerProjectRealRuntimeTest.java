package dev.workerclient.workerd;

import static dev.workerclient.workerd.Worker.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations of wrangler, read by wrangler and served by workerd alone. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.InstalledWrangler#all")
class WranglerProjectRealRuntimeTest {
  private final InstalledWrangler installed;
  private final Installed runtime = Installed.all().findFirst().orElseThrow();

  @TempDir Path folder;

  WranglerProjectRealRuntimeTest(InstalledWrangler installed) {
    installed.require();
    runtime.require();
    this.installed = installed;
  }

  @Test
  void bindingsAreThoseOfTheConfigurations() throws Exception {
    Path orders =
        Worker.write(
            folder,
            "orders",
            """
            "vars": { "CURRENCY": "EUR", "LIMITS": { "most": 7 } },
            "services": [
              { "binding": "CATALOG", "service": "catalog" },
              { "binding": "ADMIN", "service": "catalog", "entrypoint": "Admin" },
            ],
            "durable_objects": { "bindings": [
              { "name": "CARTS", "class_name": "Cart" },
              { "name": "SHELVES", "class_name": "Shelf", "script_name": "catalog" },
            ] },
            "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Cart"] }],
            "kv_namespaces": [{ "binding": "KV", "id": "kv" }],
            "r2_buckets": [{ "binding": "R2", "bucket_name": "pictures" }],
            "queues": { "producers": [{ "binding": "JOBS", "queue": "jobs" }] },
            """,
            """
            import { DurableObject } from "cloudflare:workers";
            import terms from "./terms.txt";
            export class Cart extends DurableObject { hello() { return "cart"; } }
            const object = (namespace) => namespace.get(namespace.idFromName("one"));
            export default {
              async fetch(request, env) {
                await env.KV.put("k", "v");
                await env.R2.put("k", "picture");
                await env.JOBS.send("job");
                return Response.json([
                  terms, env.CURRENCY, env.LIMITS.most, env.SECRET,
                  await (await env.CATALOG.fetch("http://x/")).text(), await env.ADMIN.hello(),
                  await object(env.CARTS).hello(), await object(env.SHELVES).hello(),
                  await env.KV.get("k"), await (await env.R2.get("k")).text(),
                ]);
              },
            };
            """);
    Files.writeString(orders.resolveSibling("terms.txt"), "no refunds");
    Files.writeString(orders.resolveSibling(".dev.vars"), "SECRET=\"of .dev.vars\"\n");
    Path catalog =
        Worker.write(
            folder,
            "catalog",
            """
            "vars": { "NAME": "of the top level" },
            "env": { "staging": {
              "name": "catalog",
              "vars": { "NAME": "catalog" },
              "queues": { "consumers": [{ "queue": "jobs" }] },
            } },
            """,
            """
            import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
            export class Admin extends WorkerEntrypoint { hello() { return "admin"; } }
            export class Shelf extends DurableObject { hello() { return "shelf"; } }
            export default {
              fetch: (request, env) => new Response(env.NAME),
              queue(batch) { console.log(`${batch.messages[0].body} of ${batch.queue} is done`); },
            };
            """);
    WorkerdServer.Builder builder =
        WorkerdServer.builder()
            .binary(runtime.binary())
            .fromWrangler(orders, this::options)
            .fromWrangler(catalog, project -> options(project).env("staging"))
            .worker("orders", worker -> worker.textBinding("CURRENCY", "USD"));
    try (WorkerdServer workerd = builder.start()) {
      assertThat(get(workerd.url()))
          .isEqualTo(
              "[\"no refunds\",\"USD\",7,\"of .dev.vars\",\"catalog\",\"admin\",\"cart\","
                  + "\"shelf\",\"v\",\"picture\"]");
      workerd.awaitLog("job of jobs is done", Duration.ofSeconds(20));
    }
  }

  @Test
  void bindingsThatWorkerdDoesNotHaveAreNamed() throws IOException {
    Path config =
        Worker.write(
            folder,
            "shop",
            """
            "d1_databases": [{ "binding": "DB", "database_name": "a", "database_id": "a" }],
            "ai": { "binding": "AI" },
            "assets": { "directory": "public" },
            """,
            "export default {};");
    Files.createDirectories(config.resolveSibling("public"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().fromWrangler(config, this::options))
        .withMessageStartingWith(config + " has ")
        .withMessageContaining("d1_databases")
        .withMessageContaining("ai")
        .withMessageContaining("assets")
        .withMessageContaining("use WranglerDevServer");
  }

  @Test
  void aBuildThatFailsQuotesWrangler() throws IOException {
    Path config = Worker.write(folder, "shop", "", "import './prices.js'; export default {};");
    assertThatIllegalStateException()
        .isThrownBy(() -> WorkerdServer.builder().fromWrangler(config, this::options))
        .withMessageContaining("wrangler ended with status 1; configuration " + config)
        .withMessageContaining("Could not resolve \"./prices.js\"");
  }

  private WranglerProject options(WranglerProject project) {
    return project.wrangler(installed.folder()).node(installed.node());
  }
}
