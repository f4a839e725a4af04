package dev.workerclient.mockserver;

import static dev.workerclient.mockserver.MockAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints and Durable Objects: parts of a service that are scripted apart. */
class MockRouteTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private MockService service = workers.service("SHOP");

  @BeforeEach
  void declare() {
    service = workers.service("SHOP").optional();
  }

  @Test
  void anEndpointIsMetByItsMethodAndPathWhateverTheQuery() {
    MockRoute domain = service.customDomain();
    domain.answers(text("any other"));
    domain.on("GET", "/v1/orders").answers(text("list"));
    domain.on("POST", "/v1/orders").answers(text("placed"));
    domain.on("GET", "/v1/orders/{id}").answers(text("one"));
    domain.on("GET", "/v1/orders/new").answers(text("form"));

    WorkerService shop = client();
    assertThat(shop.get("/v1/orders").query("page", "2").execute().string()).isEqualTo("list");
    assertThat(shop.post("/v1/orders").execute().string()).isEqualTo("placed");
    assertThat(shop.get("/v1/orders/{id}", "a/b").execute().string()).isEqualTo("one");
    assertThat(shop.get("/v1/orders/new").execute().string()).isEqualTo("form");
    assertThat(shop.get("/v1/orders/7/items").execute().string()).isEqualTo("any other");
    assertThat(shop.delete("/v1/orders").execute().string()).isEqualTo("any other");

    assertThat(domain.on("GET", "/v1/orders").requests())
        .singleElement()
        .satisfies(request -> assertThat(request.path()).isEqualTo("/v1/orders?page=2"));
    assertThat(domain.on("POST", "/v1/orders").executions()).isEqualTo(1);
    assertThat(domain.requests()).hasSize(6);
    assertThat(service.executions()).isEqualTo(6);
  }

  @Test
  void anEndpointWithoutAScriptTellsItsRequestsToo() {
    MockRoute binding = service.binding();
    MockRoute before = binding.on("DELETE", "/v1/orders/{id}");
    binding.answers(text("any"));
    client().delete("/v1/orders/7").execute();
    client().get("/v1/orders/7").execute();
    assertThat(before.requests()).hasSize(1);
    assertThat(binding.on("DELETE", "/v1/orders/7").executions()).isEqualTo(1);
    assertThat(binding.on("DELETE", "/v1/orders/8").requests()).isEmpty();
    assertThat(binding.requests()).hasSize(2);
  }

  @Test
  void aPathOverTheBindingMayLookLikeThatOfACustomDomain() {
    service.binding().answers(text("binding"));
    assertThat(client().get("/custom-domains/SHOP/x").execute().string()).isEqualTo("binding");
    assertThat(service.binding().on("GET", "/custom-domains/SHOP/x").requests()).hasSize(1);
  }

  @Test
  void aPathThatNoEndpointHasIsUnexpected() {
    service.customDomain().on("GET", "/v1/health").answers(text("up"));
    assertThat(client().get("/v1/heath").execute().string())
        .contains("did not expect GET /v1/heath on custom-domain of SHOP")
        .contains(
            "scripted is service(\"SHOP\").customDomain().on(\"GET\", \"/v1/health\"):"
                + " MockAnswer{HTTP 200, 2 bytes}");
    assertThat(workers.unexpectedRequests()).hasSize(1);
    workers.reset();
  }

  @Test
  void anEndpointCanBeResetBeforeItsRequestIsRead() {
    service
        .binding()
        .on("GET", "/flaky")
        .fails(Fault.resetBeforeRead())
        .times(1)
        .thenAnswers(text("at last"));
    assertThat(client().get("/flaky").execute().attempts()).hasSize(2);
    assertThat(service.binding().on("GET", "/flaky").requests()).hasSize(2);
    assertThat(service.executions()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "/v1?x=1", "/a b", "/ü", "/x/{id", "/x{id}", "/{}", "/a#b"})
  void refusesWhatIsNoPath(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.binding().on("GET", path))
        .withMessageContaining("begins with /");
  }

  @Test
  void aMethodIsMetInAnyCaseAndMustBeOne() {
    MockRoute domain = service.customDomain();
    domain.on("post", "/a").answers(text("posted"));
    assertThat(client().post("/a").execute().string()).isEqualTo("posted");
    assertThatIllegalArgumentException().isThrownBy(() -> domain.on("*", "/a"));
  }

  @Test
  void anEndpointHasNoEndpoints() {
    MockRoute endpoint = service.binding().on("GET", "/a");
    assertThatIllegalStateException().isThrownBy(() -> endpoint.on("GET", "/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"room-1", "a b+c%ü/é", "name:x"})
  void aDurableObjectIsMetByItsName(String name) {
    service.durableObject(name).answers(text("mine"));
    service.durableObject("another").answers(text("another's"));

    var response = client().durableObject(name).get("/state").execute();

    assertThat(response.string()).isEqualTo("mine");
    assertThat(response.header("Binding-Proxy-Object")).matches("id:[0-9a-f]{64}");
    assertThat(service.durableObject(name).requests())
        .singleElement()
        .satisfies(request -> assertThat(request.durableObject()).isEqualTo("name:" + name));
    assertThat(service.durableObject("another").requests()).isEmpty();
    assertThat(service.executions()).isEqualTo(1);
  }

  @Test
  void aDurableObjectsNameAlwaysHasTheSameId() {
    service.durableObject("room-1").answers(text("x"));
    service.durableObject("room-2").answers(text("x"));
    WorkerService shop = client();
    String first = idOf(shop, "room-1");
    assertThat(idOf(shop, "room-1")).isEqualTo(first);
    assertThat(idOf(shop, "room-2")).isNotEqualTo(first);
  }

  @Test
  void durableObjectsAreMetByIdAndAnew() {
    String id = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
    service.durableObjectId(id).answers(text("by id"));
    service.uniqueDurableObject().answers(text("new"));
    WorkerService shop = client();
    assertThat(shop.durableObjectId(id).get("/").execute().string()).isEqualTo("by id");
    assertThat(shop.uniqueDurableObject().get("/").execute().string()).isEqualTo("new");
  }

  @Test
  void aDurableObjectThatNoTestNamedIsUnexpected() {
    service.binding().answers(text("the service itself"));
    WorkerClient client = workers.client();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> client.service("SHOP").durableObject("room-9").post("/").execute()))
        .hasMessageContaining("on binding-proxy of SHOP, Durable Object name:room-9")
        .hasMessageContaining("service(\"SHOP\").durableObject(\"room-9\").answers(…)");
    workers.reset();
  }

  @Test
  void aDurableObjectFailsWithItsId() {
    service.durableObject("room-1").fails(Fault.objectReset());
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> client().durableObject("room-1").post("/").execute()))
        .hasMessageContaining("OBJECT_RESET");
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatIllegalArgumentException().isThrownBy(() -> service.durableObject(""));
    assertThatIllegalArgumentException().isThrownBy(() -> service.durableObjectId("12"));
  }

  private static WorkerService client() {
    return workers.client().service("SHOP");
  }

  private static String idOf(WorkerService shop, String name) {
    return String.valueOf(
        shop.durableObject(name).get("/").execute().header("Binding-Proxy-Object"));
  }
}
