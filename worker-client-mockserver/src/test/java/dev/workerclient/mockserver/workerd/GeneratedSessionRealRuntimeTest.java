package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.acme.files.Alarms;
import com.acme.files.Change;
import com.acme.files.ChangeKind;
import com.acme.files.Files;
import com.acme.files.Files.AdderResult;
import com.acme.files.Files.ClockResult;
import com.acme.files.Files.DisposableListener;
import com.acme.files.Files.Entry;
import com.acme.files.Files.File;
import com.acme.files.Files.Job;
import com.acme.files.Files.SourceBlob;
import com.acme.files.Files.SourceStream;
import com.acme.files.Files.SourceText;
import com.acme.files.Listener;
import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBlob;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcRequest;
import dev.workerclient.rpc.RpcResponse;
import dev.workerclient.rpc.RpcSession;
import dev.workerclient.workerd.WorkerdServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A Worker in TypeScript called in sessions by the Java interfaces that {@code fleet rpc --session}
 * made of it: streams, callbacks and functions. Its sources and the interfaces are in {@code
 * fleet-tools/test/rpc}.
 */
@Tag("workerd")
@Timeout(120)
class GeneratedSessionRealRuntimeTest {
  private static final String TOKEN = "token-of-a-test-0123456789-0123456789";
  private static final String BINDINGS =
      """
      {
        "ALARMS": {
          "kind": "service",
          "methods": {
            "create": { "returns": { "ring": {} } },
            "each": { "callbacks": true },
            "report": { "callbacks": ["changed", "ended"] }
          }
        }
      }
      """;
  private static final Change ADDED = new Change("a", ChangeKind.ADDED);
  private static final Change REMOVED = new Change("a", ChangeKind.REMOVED);

  private static WorkerdServer workerd;
  private static WorkerClient client;
  private static RpcSession session;
  private static Files files;

  @BeforeAll
  static void start() {
    Installed runtime =
        new Installed(
            "newest workerd", Installed.inProxyFolder("node_modules/workerd/bin/workerd"));
    runtime.require();
    InstalledWrangler wrangler = InstalledWrangler.NEWEST.required();
    workerd =
        WorkerdServer.builder()
            .binary(runtime.binary())
            .fromWrangler(
                Path.of("../fleet-tools/test/rpc/session-worker/wrangler.jsonc"),
                project -> project.wrangler(wrangler.folder()).node(wrangler.node()))
            .bindingProxy(
                TOKEN,
                proxy ->
                    proxy
                        .script(Installed.inProxyFolder("dist/binding-proxy.js"))
                        .service("ALARMS", "files", "Alarms")
                        .jsonBinding("BINDINGS", BINDINGS))
            .start();
    client =
        WorkerClient.builder()
            .bindingProxy(workerd.url("binding-proxy"), proxy -> proxy.bearerToken(TOKEN))
            .service(
                "FILES",
                own -> own.customDomain(workerd.url("http"), domain -> domain.rpcPath("/api")))
            .service("ALARMS")
            .build();
    session = Rpc.session(client.service("FILES"));
    files = session.of(Files.class);
  }

  @AfterAll
  static void stop() {
    if (session != null) {
      session.close();
    }
    if (client != null) {
      client.close();
    }
    if (workerd != null) {
      workerd.close();
    }
  }

  @Test
  void streamsOfObjectsComeAndGo() throws Exception {
    assertThat(Reader.read(files.changes("a"), 10).get(10, TimeUnit.SECONDS))
        .containsExactly(ADDED, REMOVED);
    CompletableFuture<List<String>> paths;
    try (SubmissionPublisher<Change> changes = new SubmissionPublisher<>()) {
      paths = CompletableFuture.supplyAsync(() -> files.paths(changes));
      while (!changes.hasSubscribers()) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      changes.submit(ADDED);
    }
    assertThat(paths.get(10, TimeUnit.SECONDS)).containsExactly("a");
  }

  @Test
  void streamsComeAndGo() throws IOException {
    assertThat(text(files.read("a"))).isEqualTo("content of a");
    assertThat(text(files.lines(2))).isEqualTo("line 0\nline 1\n");
    Entry copy = files.entry(new Entry("a", in("abc")));
    assertThat(copy.path()).isEqualTo("copy of a");
    assertThat(text(copy.content())).isEqualTo("abc");
    assertThat(files.write("a", in("abc"))).isEqualTo("a: abc");
    assertThat(files.maybe(null)).isNull();
    assertThat(text(files.maybe(null, "named"))).isEqualTo("named");
    assertThat(text(files.maybe(in("given"), "named"))).isEqualTo("given");
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    files.copy(in("to copy"), copied);
    assertThat(copied).hasToString("to copy");
    try (OutputStream sink = files.sink()) {
      sink.write("sunk".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(files.sunk()).isEqualTo("sunk");
    assertThat(files.size(new SourceText("four"))).isEqualTo(4);
    assertThat(files.size(new SourceStream(in("abc")))).isEqualTo(3);
    assertThat(files.size(new SourceBlob(new RpcBlob("text/plain", in("ab"))))).isEqualTo(2);
  }

  @Test
  void requestsResponsesAndBlobsComeAndGo() throws IOException {
    RpcResponse response =
        files.forward(new RpcRequest("PUT", "https://files.example.com/1", Map.of(), in("pdf")));
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers())
        .contains(entry("x-from", List.of("https://files.example.com/1")));
    assertThat(text(response.body())).isEqualTo("PUT pdf");
    Map<String, RpcBlob> blobs =
        files.blobs(List.of(new RpcBlob("text/csv", in("a,b")), new RpcBlob("text/plain", in(""))));
    assertThat(blobs).containsOnlyKeys("text/csv", "text/plain");
    for (RpcBlob blob : blobs.values()) {
      assertThat(text(blob.content())).isEqualTo(blob.type().equals("text/csv") ? "a,b" : "");
    }
    assertThat(files.typeOf(new RpcBlob("text/csv", in("")))).isEqualTo("text/csv");
    assertThat(files.typeOf(new RpcBlob("a/b", in("")), new RpcBlob("c/d", in(""))))
        .isEqualTo("a/b,c/d");
  }

  @Test
  void functionsAreGivenToTheWorker() {
    List<Object> seen = new CopyOnWriteArrayList<>();
    files.watch(seen::add);
    assertThat(seen).containsExactly(ADDED);
    files.keep(seen::add);
    files.tell("b");
    assertThat(seen).containsExactly(ADDED, new Change("b", ChangeKind.REMOVED));

    List<@Nullable Double> totals = new ArrayList<>();
    double steps =
        files.run(
            3,
            (done, total) -> {
              totals.add(total);
              return true;
            });
    assertThat(steps).isEqualTo(3);
    assertThat(totals).containsExactly(null, null, 3.0);
    assertThat(files.run(3, (done, total) -> done < 2)).isEqualTo(2);
    assertThat(files.run(3)).isEqualTo(3);
    assertThat(
            files.exchange(
                ask -> {
                  String question = ask.call("what");
                  return answer -> question + " " + answer;
                }))
        .isEqualTo("what? 42");
  }

  @Test
  void objectsAreGivenToTheWorker() throws InterruptedException {
    List<Object> seen = new CopyOnWriteArrayList<>();
    assertThat(files.report(listener(seen), ADDED)).isEqualTo("over 1");
    assertThat(seen).containsExactly(ADDED);

    CountDownLatch closed = new CountDownLatch(1);
    DisposableListener listener =
        new DisposableListener() {
          @Override
          public void found(File file, @Nullable String origin) {
            try (file) {
              seen.add(file.text() + " " + origin);
            }
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    files.find(listener);
    assertThat(seen).containsExactly(ADDED, "text here", " null");
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void functionsAndObjectsOfTheWorkerAreCalled() throws IOException {
    try (AdderResult adder = files.adder(2)) {
      assertThat(adder.call(1, Optional.empty())).isEqualTo(3);
      assertThat(adder.call(1, Optional.of(10.0))).isEqualTo(21);
    }

    try (File file = files.open("a")) {
      file.append("ab");
      file.append("c");
      assertThat(file.text()).isEqualTo("abc");
      assertThat(text(file.blob().content())).isEqualTo("abc");
      assertThat(file.indexOf().call("c")).isEqualTo(2);
      try (File copy = file.copy()) {
        assertThat(copy.text()).isEqualTo("copy of abc");
      }
      assertThat(file.close_()).isEqualTo("closed: none");
      assertThat(file.close_("done")).isEqualTo("closed: done");
      assertThat(files.isCopy(file, file)).isTrue();
      assertThat(files.isCopy(file, null)).isFalse();
    }

    Job job = files.job("copy");
    try (File result = job.result()) {
      assertThat(result.text()).isEqualTo("done");
    }
    assertThat(job.name()).isEqualTo("copy");
    assertThat(job.done().call()).isZero();
    assertThat(job.cancel()).isNotNull();
    job.cancel().call("late");
    assertThat(job.done().call()).isEqualTo(4);

    try (ClockResult clock = files.clock()) {
      assertThat(clock.now()).isEqualTo(Instant.EPOCH);
      assertThat(clock.zone()).isEqualTo("UTC");
    }
  }

  /** What a generated interface lacks is in one that extends it. */
  interface PipelinedFiles extends Files {
    @RpcName("job")
    RpcPromise<Job> jobLater(String name);
  }

  @Test
  void aPipelinedMethodIsAddedByAnInterfaceThatExtendsTheGeneratedOne() {
    PipelinedFiles pipelined = session.of(PipelinedFiles.class);
    assertThat(pipelined.jobLater("copy").get("name", String.class).join()).isEqualTo("copy");
    assertThat(pipelined.write("a", in("abc"))).isEqualTo("a: abc");
  }

  @Test
  void theBindingProxyCarriesObjectsAndCallbacks() {
    try (RpcSession proxied = Rpc.session(client.service("ALARMS"))) {
      assertThat(proxied.route()).isEqualTo("binding-proxy");
      Alarms alarms = proxied.of(Alarms.class);
      try (Alarms.Alarm alarm = alarms.create("fire")) {
        assertThat(alarm.ring(2)).isEqualTo("fire fire");
      }
      assertThat(alarms.each(List.of("a", "bcd"), String::length)).isEqualTo(4);
      List<Object> seen = new CopyOnWriteArrayList<>();
      assertThat(alarms.report(ADDED, listener(seen))).isEqualTo("a 1");
      assertThat(seen).containsExactly(ADDED);
    }
  }

  private static Listener listener(List<Object> seen) {
    return new Listener() {
      @Override
      public void changed(Change change) {
        seen.add(change);
      }

      @Override
      public String ended(String reason, int count) {
        return reason + " " + count;
      }
    };
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(@Nullable InputStream in) throws IOException {
    assertThat(in).isNotNull();
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
