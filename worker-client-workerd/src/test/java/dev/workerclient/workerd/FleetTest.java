package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for several Workers, and what is refused before that. */
class FleetTest {
  @TempDir Path folder;

  @Test
  void theFirstWorkerIsServedOnHttpUnlessAnotherIs() throws IOException {
    Fleet fleet = fleet("orders", "catalog");
    assertThat(fleet.sockets()).isEqualTo(Set.of("http"));
    assertThat(written(fleet))
        .contains(
            "(name = \"http\", address = \"127.0.0.1:0\", http = ()," + " service = \"orders\")");
    fleet.socket("http", "catalog");
    fleet.socket("orders", "orders");
    assertThat(fleet.sockets()).isEqualTo(Set.of("http", "orders"));
    assertThat(written(fleet)).contains("http = (), service = \"catalog\")");
  }

  @Test
  void aWorkerIsSetUpFurtherByItsName() throws IOException {
    Fleet fleet = fleet("orders");
    fleet.worker("orders", worker -> worker.textBinding("A", "a"));
    assertThat(written(fleet)).contains("bindings = [(name = \"A\", text = \"a\")]");
  }

  @Test
  void namespacesAreDeclaredByTheWorkerThatHasTheClass() throws IOException {
    Fleet fleet = fleet("orders", "chat");
    fleet.worker("orders", worker -> worker.durableObject("ROOMS", "Room", "chat"));
    assertThat(written(fleet))
        .containsOnlyOnce("[(className = \"Room\", uniqueKey = \"chat-Room\", enableSql = true)]")
        .contains("durableObjectNamespace = (className = \"Room\", serviceName = \"chat\")");
  }

  @Test
  void experimentalFeaturesAreOnForQueuesAlone() {
    Fleet fleet = fleet("orders");
    fleet.worker("orders", worker -> worker.kvNamespace("KV", "kv").r2Bucket("R2", "r2"));
    assertThat(fleet.isExperimental()).isFalse();
    fleet.worker("orders", worker -> worker.queue("JOBS", "jobs", "orders"));
    assertThat(fleet.isExperimental()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "kv:a", "internet", "é"})
  void aWorkerHasAPlainName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerdServer.builder().worker(name, worker -> {}))
        .withMessageContaining("use letters, digits, - and _");
  }

  @Test
  void whatLeadsNowhereIsNamed() {
    refused(
        builder().worker("orders", worker -> worker.service("CATALOG", "catalog")),
        "the binding CATALOG of \"orders\" leads to the Worker \"catalog\", which is not one of"
            + " [orders]; add it by worker(name, …)");
    refused(
        builder().worker("orders", worker -> worker.durableObject("ROOMS", "Room", "chat")),
        "the binding ROOMS of \"orders\" leads to the Worker \"chat\"");
    refused(
        builder().worker("orders", worker -> worker.queue("JOBS", "jobs", "packer")),
        "the binding JOBS of \"orders\" leads to the Worker \"packer\"");
    refused(builder().socket("more", "catalog"), "the socket more leads to the Worker \"catalog\"");
  }

  @Test
  void aQueueHasOneConsumer() {
    refused(
        builder()
            .worker("packer", worker -> worker.scriptText(""))
            .worker(
                "orders",
                worker -> worker.queue("A", "jobs", "packer").queue("B", "jobs", "orders")),
        "the queue \"jobs\" was given the consumers \"packer\" and \"orders\"; give it one");
  }

  @Test
  void aQueueOfAConfigurationHasTheConsumerThatAnotherWorkerNames() throws IOException {
    Fleet fleet = fleet("orders", "packer");
    fleet.worker("orders", worker -> worker.queue("A", "jobs").queue("B", "other"));
    fleet.worker("packer", worker -> worker.queue("C", "jobs", "packer"));
    assertThat(written(fleet))
        .containsOnlyOnce("(name = \"CONSUMER\", service = \"packer\")")
        .containsOnlyOnce("(name = \"queue:jobs\", worker")
        .containsOnlyOnce("(name = \"queue:other\", worker");
  }

  @Test
  void aWorkerHasOneScript() throws IOException {
    refused(
        WorkerdServer.builder().worker("orders", worker -> {}),
        "the Worker \"orders\" has no script; set script(file), scriptText(text) or modules(main)");
    Path file = Files.writeString(folder.resolve("a.js"), "");
    refused(builder().worker("orders", worker -> worker.script(file)), "give one of them");
    refused(
        WorkerdServer.builder().worker("a", worker -> worker.modules(file).scriptText("")),
        "by modules(main) and in another way; give one of them");
    Path missing = folder.resolve("missing.js");
    refused(
        WorkerdServer.builder().worker("a", worker -> worker.modules(missing)),
        missing + ", which is not a file");
  }

  @Test
  void workersAreNotMixedWithAScriptOrAConfiguration() {
    refused(builder().scriptText(""), "give all that belongs to a Worker in worker(name, …)");
    refused(builder().textBinding("A", "a"), "give all that belongs to a Worker");
    refused(builder().config(folder), "give all that belongs to a Worker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "default"})
  void theDefaultEntrypointIsNotNamed(String entrypoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkerDefinition("a").service("A", "a", entrypoint))
        .withMessageContaining("for the default entrypoint call service(name, worker)");
  }

  @Test
  void theTokenOfTheProxyIsCheckedAndNotQuoted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().bindingProxy("too-short-a-secret", proxy -> {}))
        .withMessage(
            "the token of the binding proxy has 18 characters; give 32 to 1000 visible ASCII"
                + " characters, without spaces and commas");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().bindingProxy("a,b".repeat(16), proxy -> {}))
        .withMessageEndingWith("without spaces and commas");
  }

  @Test
  void settingsOfABindingThatTheProxyDoesNotLendAreRefused() {
    refused(
        builder()
            .bindingProxy(
                "t".repeat(32),
                proxy -> proxy.service("ORDERS", "orders").methods("ORDER", "place")),
        "given for ORDER, which the binding proxy does not lend; it lends [ORDERS]");
  }

  @Test
  void theProxyIsAddedOnce() {
    WorkerdServer.Builder builder = builder().bindingProxy("t".repeat(32), proxy -> {});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.bindingProxy("t".repeat(32), proxy -> {}))
        .withMessageContaining("\"binding-proxy\" was added already");
  }

  private static WorkerdServer.Builder builder() {
    return WorkerdServer.builder().worker("orders", worker -> worker.scriptText(""));
  }

  private static Fleet fleet(String... names) {
    Fleet fleet = new Fleet();
    for (String name : names) {
      fleet.worker(name, worker -> worker.scriptText(""));
    }
    return fleet;
  }

  private String written(Fleet fleet) throws IOException {
    fleet.require();
    List<Path> files = new ArrayList<>();
    Path config = fleet.write(Files.createTempDirectory(folder, "fleet"), files);
    assertThat(files).contains(config);
    return Files.readString(config);
  }

  private static void refused(WorkerdServer.Builder builder, String reason) {
    assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining(reason);
  }
}
