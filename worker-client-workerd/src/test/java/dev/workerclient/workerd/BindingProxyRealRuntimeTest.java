package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The binding proxy in front of Workers, from its bundle on the class path or in a file. */
@Tag("workerd")
@Timeout(60)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.workerd.Installed#all")
class BindingProxyRealRuntimeTest {
  private static final Path BUNDLE = Path.of("../binding-proxy/dist/binding-proxy.js");
  private static final String TOKEN = "token-of-a-test-0123456789-0123456789";
  private static final String CHAT =
      """
      import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
      export class Room extends DurableObject {
        fetch() { return new Response(`room ${this.ctx.id.name}`); }
      }
      export class Admin extends WorkerEntrypoint {
        close(room) { return `${room} is closed`; }
        open(room) { return `${room} is open`; }
      }
      export default {
        fetch: (request) => new Response(`chat at ${new URL(request.url).pathname}`),
        queue(batch) { console.log(`job ${batch.messages[0].body.n} of ${batch.queue} is done`); },
      };
      """;

  private final Installed runtime;

  @TempDir Path folder;

  BindingProxyRealRuntimeTest(Installed runtime) {
    runtime.require();
    this.runtime = runtime;
  }

  @Test
  void bindingsAreLentAndListed() throws Exception {
    try (WorkerdServer workerd =
        server()
            .bindingProxy(
                TOKEN,
                proxy ->
                    proxy
                        .script(BUNDLE)
                        .service("CHAT", "chat")
                        .healthPath("CHAT", "/health")
                        .service("ADMIN", "chat", "Admin")
                        .methods("ADMIN", "close")
                        .durableObject("ROOMS", "Room", "chat")
                        .queue("JOBS", "jobs", "chat"))
            .start()) {
      assertThat(get(workerd.url() + "/a")).isEqualTo("chat at /a");
      String url = workerd.url("binding-proxy");
      assertThat(get(url + "/b", "Target", "CHAT")).isEqualTo("chat at /b");
      assertThat(get(url, "Target", "ROOMS", "Object", "name:one")).startsWith("room ");
      assertThat(get(url, "Op", "diagnose"))
          .contains("\"path\":\"/health\",\"status\":200")
          .contains("\"binding\":\"JOBS\",\"exists\":true,\"kind\":\"queue\"");
      assertThat(rpc(url, "ADMIN", "close", "\"lobby\"")).contains("lobby is closed");
      assertThat(rpc(url, "ADMIN", "open", "\"lobby\"")).contains("FORBIDDEN");
      assertThat(rpc(url, "JOBS", "send", "{\"n\":7}")).startsWith("[\"resolve\",1,");
      workerd.awaitLog("job 7 of jobs is done", Duration.ofSeconds(20));
    }
  }

  @Test
  void theBundleIsFoundOnTheClassPathOrTheArtifactIsNamed() throws Exception {
    WorkerdServer.Builder builder =
        server().bindingProxy(TOKEN, proxy -> proxy.service("CHAT", "chat"));
    assertThatIllegalStateException()
        .isThrownBy(builder::start)
        .withMessageContaining("dev/workerclient/bindingproxy/binding-proxy.js is not on the class")
        .withMessageContaining("dev.workerclient:worker-client-binding-proxy");

    Path resources = Files.createDirectories(folder.resolve("dev/workerclient/bindingproxy"));
    Files.copy(BUNDLE, resources.resolve("binding-proxy.js"));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      try (WorkerdServer workerd = builder.start()) {
        assertThat(get(workerd.url("binding-proxy"), "Target", "CHAT")).isEqualTo("chat at /");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void otherVariablesAreGivenByName() throws Exception {
    String bindings = "{ \"CHAT\": { \"kind\": \"service\", \"healthPath\": \"/own\" } }";
    try (WorkerdServer workerd =
        server()
            .bindingProxy(
                TOKEN,
                proxy ->
                    proxy
                        .script(BUNDLE)
                        .service("CHAT", "chat")
                        .jsonBinding("BINDINGS", bindings)
                        .jsonBinding(
                            "TOKEN_SCOPES",
                            "{ \"PROXY_TOKEN\": { \"operations\": [\"diagnose\"] } }"))
            .start()) {
      String url = workerd.url("binding-proxy");
      assertThat(get(url, "Op", "diagnose")).contains("\"path\":\"/own\"");
      assertThat(get(url, "Target", "CHAT")).contains("FORBIDDEN");
    }
  }

  private WorkerdServer.Builder server() {
    return WorkerdServer.builder()
        .binary(runtime.binary())
        .worker("chat", chat -> chat.scriptText(CHAT));
  }

  private static String get(String url, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)), headers);
  }

  private static String rpc(String url, String target, String method, String argument)
      throws Exception {
    String call = "[\"push\",[\"pipeline\",0,[\"%s\"],[%s]]]\n[\"pull\",1]";
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(BodyPublishers.ofString(call.formatted(method, argument))),
        "Op",
        "rpc",
        "Target",
        target);
  }

  private static String send(HttpRequest.Builder request, String... headers) throws Exception {
    request.header("Binding-Proxy-Authorization", "Bearer " + TOKEN);
    for (int i = 0; i < headers.length; i += 2) {
      request.header("Binding-Proxy-" + headers[i], headers[i + 1]);
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), BodyHandlers.ofString())
        .body();
  }
}
