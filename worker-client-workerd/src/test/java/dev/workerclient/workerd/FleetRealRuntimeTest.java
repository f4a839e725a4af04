package dev.workerclient.workerd;

import static dev.workerclient.workerd.Worker.get;
import static org.assertj.core.api.Assertions.assertThat;
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

/** Several Workers on real workerd, without a configuration by hand. */
@Tag("workerd")
@Timeout(60)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.Installed#all")
class FleetRealRuntimeTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] ADD_WASM =
      new byte[] {
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 7, 1,
        3, 0x61, 0x64, 0x64, 0, 0, 10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0b
      };
  private static final String CATALOG =
      """
      import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
      export class Admin extends WorkerEntrypoint {
        fetch() { return new Response("admin of the catalog"); }
        rename(item) { return `${item} is renamed`; }
      }
      export class Shelf extends DurableObject {
        async fetch() {
          const { sql } = this.ctx.storage;
          sql.exec("CREATE TABLE IF NOT EXISTS items (name TEXT)");
          sql.exec("INSERT INTO items VALUES ('apple')");
          return new Response(sql.exec("SELECT count(*) AS n FROM items").one().n);
        }
      }
      export default { fetch: () => new Response("catalog") };
      """;

  private final Installed runtime;

  @TempDir Path folder;

  FleetRealRuntimeTest(Installed runtime) {
    runtime.require();
    this.runtime = runtime;
  }

  @Test
  void workersReachEachOtherAndTheirObjects() throws Exception {
    String orders =
        """
        import { DurableObject } from "cloudflare:workers";
        export class Cart extends DurableObject {
          async fetch() {
            const visits = ((await this.ctx.storage.get("visits")) ?? 0) + 1;
            await this.ctx.storage.put("visits", visits);
            return new Response(visits);
          }
        }
        const text = async (fetched) => (await fetched).text();
        const object = (namespace) => namespace.get(namespace.idFromName("one"));
        export default {
          async fetch(request, env) {
            const cart = object(env.CARTS), shelf = object(env.SHELVES);
            return Response.json([
              env.CURRENCY, env.LIMITS.most,
              await text(env.CATALOG.fetch("http://x/")), await text(env.ADMIN.fetch("http://x/")),
              await env.ADMIN.rename("pear"),
              await text(cart.fetch("http://x/")), await text(cart.fetch("http://x/")),
              await text(shelf.fetch("http://x/")), await text(shelf.fetch("http://x/")),
            ]);
          },
        };
        """;
    try (WorkerdServer workerd =
        server()
            .worker(
                "orders",
                worker ->
                    worker
                        .scriptText(orders)
                        .textBinding("CURRENCY", "EUR")
                        .jsonBinding("LIMITS", "{\"most\": 7}")
                        .service("CATALOG", "catalog")
                        .service("ADMIN", "catalog", "Admin")
                        .durableObject("CARTS", "Cart")
                        .durableObject("SHELVES", "Shelf", "catalog"))
            .worker("catalog", worker -> worker.scriptText(CATALOG))
            .socket("catalog", "catalog")
            .start()) {
      assertThat(get(workerd.url()))
          .isEqualTo(
              "[\"EUR\",7,\"catalog\",\"admin of the catalog\",\"pear is renamed\","
                  + "\"1\",\"2\",\"1\",\"2\"]");
      assertThat(get(workerd.url("catalog"))).isEqualTo("catalog");
    }
  }

  @Test
  void modulesAreTakenByWranglersRules() throws Exception {
    Path main = folder.resolve("dist/index.mjs");
    Files.createDirectories(folder.resolve("dist/lib"));
    Files.writeString(
        main,
        """
        import wasm from "./add.wasm";
        import terms from "./lib/terms.txt";
        import page from "./page.html";
        import data from "./data.bin";
        import legacy from "./legacy.cjs";
        import { double } from "./lib/double.js";
        const { add } = new WebAssembly.Instance(wasm).exports;
        export default {
          fetch: () => Response.json(
            [add(2, 3), terms, page, data.byteLength, legacy.name, double(4)]),
        };
        """);
    Files.write(folder.resolve("dist/add.wasm"), ADD_WASM);
    Files.writeString(folder.resolve("dist/lib/terms.txt"), "no refunds");
    Files.writeString(folder.resolve("dist/page.html"), "<p>");
    Files.write(folder.resolve("dist/data.bin"), new byte[9]);
    Files.writeString(folder.resolve("dist/legacy.cjs"), "module.exports = { name: 'old' };");
    Files.writeString(folder.resolve("dist/lib/double.js"), "export const double = (n) => 2 * n;");
    Files.writeString(folder.resolve("dist/README.md"), "not a module");
    try (WorkerdServer workerd = server().worker("w", worker -> worker.modules(main)).start()) {
      assertThat(get(workerd.url())).isEqualTo("[5,\"no refunds\",\"<p>\",9,\"old\",8]");
    }
  }

  @Test
  void aKvNamespaceKeepsListsAndForgets() throws Exception {
    String script =
        """
        export default {
          async fetch(request, { KV }) {
            const found = [];
            await KV.put("a/b c é", "first", { metadata: { n: 1 } });
            await KV.put("b", JSON.stringify({ ok: true }), { expirationTtl: 60 });
            await KV.put("b2", new Uint8Array([1, 2, 3]));
            found.push(await KV.get("a/b c é"), await KV.get("b", "json"), await KV.get("none"));
            found.push((await KV.get("b2", "arrayBuffer")).byteLength);
            found.push((await KV.getWithMetadata("a/b c é")).metadata);
            found.push([...(await KV.get(["b2", "none", "a/b c é"])).entries()].length);
            const page = await KV.list({ limit: 2 });
            const rest = await KV.list({ cursor: page.cursor });
            found.push(page.keys.map((key) => key.name), page.list_complete, rest);
            found.push((await KV.list({ prefix: "b" })).keys.length);
            await KV.delete("b");
            found.push(await KV.get("b"));
            return Response.json(found);
          },
        };
        """;
    String reader =
        "export default { fetch: async (r, { S }) => new Response(await S.get('b2')) };";
    try (WorkerdServer workerd =
        server()
            .worker("one", worker -> worker.scriptText(script).kvNamespace("KV", "sessions"))
            .worker("two", worker -> worker.scriptText(reader).kvNamespace("S", "sessions"))
            .worker("three", worker -> worker.scriptText(reader).kvNamespace("S", "others"))
            .socket("two", "two")
            .socket("three", "three")
            .start()) {
      assertThat(get(workerd.url()))
          .isEqualTo(
              "[\"first\",{\"ok\":true},null,3,{\"n\":1},3,[\"a/b c é\",\"b\"],false,"
                  + "{\"keys\":[{\"name\":\"b2\"}],\"list_complete\":true,\"cacheStatus\":null},2,"
                  + "null]");
      assertThat(get(workerd.url("two"))).isEqualTo("\1\2\3");
      assertThat(get(workerd.url("three"))).isEmpty();
    }
  }

  @Test
  void anR2BucketKeepsObjects() throws Exception {
    String script =
        """
        export default {
          async fetch(request, { R2 }) {
            const found = [];
            const put = await R2.put("a/one.txt", "hello world", {
              httpMetadata: { contentType: "text/plain" }, customMetadata: { from: "test" },
            });
            await R2.put("b.bin", new Uint8Array(100_000));
            found.push(put.size, put.etag);
            const one = await R2.get("a/one.txt");
            found.push(await one.text(), one.httpMetadata.contentType, one.customMetadata.from);
            const part = await R2.get("a/one.txt", { range: { offset: 6, length: 3 } });
            found.push(await part.text(), part.range);
            found.push(await (await R2.get("a/one.txt", { range: { suffix: 5 } })).text());
            found.push((await R2.head("b.bin")).size, await R2.get("none"), await R2.head("none"));
            const listed = await R2.list({ delimiter: "/" });
            found.push(listed.objects.map((o) => o.key), listed.delimitedPrefixes);
            const page = await R2.list({ limit: 1 });
            found.push(page.truncated, (await R2.list({ cursor: page.cursor })).objects[0].key);
            await R2.delete(["a/one.txt", "b.bin"]);
            found.push((await R2.list()).objects.length);
            return Response.json(found);
          },
        };
        """;
    try (WorkerdServer workerd =
        server()
            .worker("one", worker -> worker.scriptText(script).r2Bucket("R2", "pictures"))
            .start()) {
      assertThat(get(workerd.url()))
          .isEqualTo(
              "[11,\"5eb63bbbe01eeed093cb22bb8f5acdc3\",\"hello world\",\"text/plain\",\"test\","
                  + "\"wor\",{\"offset\":6,\"length\":3},\"world\",100000,null,null,"
                  + "[\"b.bin\"],[\"a/\"],true,\"b.bin\",0]");
    }
  }

  @Test
  void aQueueHandsMessagesToItsConsumerUntilItTakesThem() throws Exception {
    String producer =
        """
        export default {
          async fetch(request, { JOBS }) {
            await JOBS.send({ order: 7 });
            await JOBS.send("late", { contentType: "text", delaySeconds: 1 });
            await JOBS.sendBatch([
              { body: new Map([["k", "v8"]]), contentType: "v8" },
              { body: "again", contentType: "text" },
            ]);
            return new Response("sent");
          },
        };
        """;
    String consumer =
        """
        export default {
          async queue(batch) {
            for (const message of batch.messages) {
              const { body, attempts } = message;
              const text = body instanceof Map ? body.get("k") : JSON.stringify(body);
              console.log(`${batch.queue} has ${text} at attempt ${attempts}`);
              if (body === "again") message.retry();
            }
          },
        };
        """;
    try (WorkerdServer workerd =
        server()
            .worker("shop", worker -> worker.scriptText(producer).queue("JOBS", "jobs", "packer"))
            .worker("packer", worker -> worker.scriptText(consumer))
            .start()) {
      assertThat(get(workerd.url())).isEqualTo("sent");
      workerd.awaitLog("jobs has {\"order\":7} at attempt 1", LONG);
      workerd.awaitLog("jobs has v8 at attempt 1", LONG);
      workerd.awaitLog("jobs has \"late\" at attempt 1", LONG);
      workerd.awaitLog("jobs has \"again\" at attempt 4", LONG);
      workerd.awaitLog("queue jobs: dropped a message after 4 attempts", LONG);
      assertThat(workerd.log()).doesNotContain("attempt 5").doesNotContain("7} at attempt 2");
    }
  }

  @Test
  void anEntrypointThatIsNotThereIsNamedByWorkerd() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(
            server()
                    .worker("orders", worker -> worker.scriptText(CATALOG).service("A", "b", "No"))
                    .worker("b", worker -> worker.scriptText(CATALOG))
                ::start)
        .withMessageContaining("Workers [orders, b]")
        .withMessageContaining("no such named entrypoint");
  }

  private WorkerdServer.Builder server() {
    return WorkerdServer.builder().binary(runtime.binary());
  }
}
