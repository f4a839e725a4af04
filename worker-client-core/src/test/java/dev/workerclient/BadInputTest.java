package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong use is refused before any I/O, in a sentence that says what to write instead. */
class BadInputTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @AfterEach
  void noServerWasAsked() {
    assertThat(fleet.proxy().requests()).isEmpty();
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void anUnknownServiceListsTheKnown() {
    try (WorkerClient client = fleet.builder().service("AUDIT").build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.service("APIDAD"))
          .withMessage(
              "no service \"APIDAD\"; known are [APIMOM, AUDIT]. Add it by service(…) on the"
                  + " builder");
    }
  }

  static Stream<Arguments> paths() {
    return Stream.of(
        Arguments.of("v1/x", "does not begin with /"),
        Arguments.of("", "does not begin with /"),
        Arguments.of("../x", "does not begin with /"),
        Arguments.of("https://evil.example/x", "does not begin with /"),
        Arguments.of("//evil.example/x", "begins with //"),
        Arguments.of("/v1/../x", "segment . or .."),
        Arguments.of("/v1/./x", "segment . or .."),
        Arguments.of("/v1/..", "segment . or .."),
        Arguments.of("/v1/%2e%2e/x", "segment . or .."),
        Arguments.of("/v1/%2E./x", "segment . or .."),
        Arguments.of("/v1/.%2e", "segment . or .."),
        Arguments.of("/v1/%2e", "segment . or .."),
        Arguments.of("/v1\\x", "backslash"),
        Arguments.of("/v1#x", "holds a #"),
        Arguments.of("/v1?x=1", "write query(name, value)"),
        Arguments.of("/v1/a b", "space"),
        Arguments.of("/v1/a\nb", "control character"),
        Arguments.of("/v1/é", "beyond ASCII"),
        Arguments.of("/v1/%zz", "write %25"),
        Arguments.of("/v1/%4", "write %25"),
        Arguments.of("/v1/{name", "{ without a }"),
        Arguments.of("/v1/{name}", "more slots"));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void anUnsafePathIsRefused(String path, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().get(path))
        .withMessageContaining(why)
        .withMessageContaining("; write ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aSlotValueThatChangesThePathIsRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().get("/v1/{name}/x", value))
        .withMessageContaining("{name}");
  }

  @Test
  void aValueTooManyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().get("/v1/{name}", "a", "b"))
        .withMessageContaining("1 slots for 2 values");
  }

  static Stream<Arguments> builders() {
    return Stream.of(
        builder("no route", b -> b.service("AUDIT"), "service AUDIT has no route; set binding"),
        builder(
            "plain http",
            b -> b.service("A", s -> s.customDomain("http://api.example.com")),
            "plain http to api.example.com, which would send credentials in the clear; write"
                + " https://api.example.com"),
        builder(
            "plain http proxy",
            b -> b.bindingProxy("http://10.0.0.1").service("A"),
            "plain http to 10.0.0.1"),
        builder(
            "password in the address",
            b -> b.service("A", s -> s.customDomain("https://u:hidden@api.example.com")),
            "carries a user or password"),
        builder(
            "query in the address",
            b -> b.service("A", s -> s.customDomain("https://api.example.com/?k=hidden")),
            "carries a query or fragment"),
        builder(
            "a base path that folds",
            b -> b.service("A", s -> s.customDomain("https://api.example.com/a/%2e%2E/b")),
            "has the segment . or .."),
        builder(
            "no URL",
            b -> b.service("A", s -> s.customDomain("api.example.com")),
            "not an http or"),
        builder(
            "another scheme",
            b -> b.service("A", s -> s.customDomain("ftp://api.example.com")),
            "not an http or https URL; write https://"),
        builder(
            "a route that is not configured",
            b -> b.bindingProxy("https://p.example").service("A", s -> s.routes("custom-domain")),
            "lists the route custom-domain, which is not configured; set customDomain"),
        builder(
            "an unknown route",
            b -> b.service("A", s -> s.routes("carrier-pigeon")),
            "write one or both of [binding-proxy, custom-domain]"),
        builder("no service", b -> {}, "add one by service"),
        builder("a service twice", b -> b.service("A").service("A"), "is there already"),
        builder("a service's name", b -> b.service("api mom"), "write its binding's name"),
        builder("zero time", b -> b.callTimeout(Duration.ZERO), "write a time from 1 ms"),
        builder("negative time", b -> b.attemptTimeout(Duration.ofMillis(-1)), "write a time"),
        builder("endless time", b -> b.connectTimeout(Duration.ofDays(400)), "write a time"),
        builder("no bytes", b -> b.maxResponseBytes(0), "write from 1 to"),
        builder("no calls", b -> b.maxConcurrentCalls(0), "write 1 or more"),
        builder(
            "a token with a line break",
            b -> b.bindingProxy("https://p.example", p -> p.bearerToken("hid\r\nden")),
            "supply the value alone, without line breaks"),
        builder(
            "an empty token",
            b -> b.bindingProxy("https://p.example", p -> p.bearerToken(" ")),
            "is empty"),
        builder(
            "an rpc path with a query",
            b -> b.service("A", s -> s.customDomain("https://a.example", d -> d.rpcPath("/a?b"))),
            "the path holds a ?"),
        builder(
            "a stamp that is no header",
            b -> b.service("A", s -> s.customDomain("https://a.example", d -> d.stampedBy("a b"))),
            "a header's name"),
        builder("a health path", b -> b.service("A", s -> s.healthPath("health")), "begin with /"));
  }

  private static Arguments builder(
      String name, Consumer<WorkerClient.Builder> settings, String why) {
    return Arguments.of(org.junit.jupiter.api.Named.of(name, settings), why);
  }

  @ParameterizedTest
  @MethodSource("builders")
  void wrongSettingsAreRefused(Consumer<WorkerClient.Builder> settings, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              WorkerClient.Builder builder = WorkerClient.builder();
              settings.accept(builder);
              builder.build();
            })
        .withMessageContaining(why)
        .withMessageNotContaining("hidden")
        .withMessageNotContaining("hid");
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        request("CR/LF in a value", r -> r.header("X-A", "hid\r\nX-B: 1"), "a line break"),
        request("CR/LF in a name", r -> r.header("X-A\r\nX-B", "1"), "a header's name"),
        request("a value beyond ASCII", r -> r.header("X-A", "hidé"), "beyond ASCII"),
        request("Upgrade", r -> r.header("Upgrade", "websocket"), "can't be set"),
        request("Expect", r -> r.header("expect", "100-continue"), "can't be set"),
        request("Content-Length", r -> r.header("Content-Length", "1"), "taken from body"),
        request("Transfer-Encoding", r -> r.header("Transfer-Encoding", "x"), "can't be set"),
        request("Host", r -> r.header("Host", "evil.example"), "the route's address"),
        request("Binding-Proxy-*", r -> r.header("binding-proxy-target", "B"), "steers"),
        request("zero time", r -> r.timeout(Duration.ZERO), "write a time from 1 ms"),
        request("an empty key", r -> r.idempotencyKey(" "), "write one that is unique"),
        request("a body on GET", r -> r.body("x", "text/plain"), "takes no body"),
        request("half a character", r -> r.query("q", "\ud800"), "surrogate"));
  }

  private static Arguments request(String name, Consumer<WorkerRequest> change, String why) {
    return Arguments.of(org.junit.jupiter.api.Named.of(name, change), why);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aWrongRequestIsRefusedWhileItIsBuilt(Consumer<WorkerRequest> change, String why) {
    WorkerRequest request = fleet.service().get("/");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.accept(request))
        .withMessageContaining(why)
        .withMessageNotContaining("hid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "BREW", ""})
  void aMethodThatIsNotForwardedIsRefused(String method) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().request(method, "/"))
        .withMessageContaining("write one of GET");
  }

  @Test
  void aContentTypeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet.service().post("/").body("x", "json"))
        .withMessageContaining("application/json");
  }

  @Test
  void aDurableObjectWithoutProxyIsRefused() {
    WorkerClient.Builder domainOnly =
        WorkerClient.builder().service("APIMOM", s -> s.customDomain("https://a.example"));
    WorkerService service = fleet.service(domainOnly);

    assertThatIllegalStateException()
        .isThrownBy(() -> service.durableObject("room-1"))
        .withMessageContaining("set bindingProxy");
    assertThatIllegalStateException().isThrownBy(service::uniqueDurableObject);
  }

  @Test
  void aDurableObjectsNameAndIdAreChecked() {
    WorkerService service = fleet.service();

    assertThatIllegalArgumentException().isThrownBy(() -> service.durableObject(""));
    assertThatIllegalArgumentException().isThrownBy(() -> service.durableObject("x".repeat(513)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.durableObject("ü".repeat(200)))
        .withMessageContaining("percent-encoded");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.durableObjectId("room-1"))
        .withMessageContaining("64 hexadecimal digits");
  }

  @Test
  void aValueWithoutCodecSaysHowToGetOne() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fleet.service().post("/").body(new Object()))
        .withMessageContaining("add worker-client-jackson");
  }

  static Stream<Arguments> rawBodies() {
    return Stream.of(
        Arguments.of("text", "body(text, contentType)"),
        Arguments.of(CharBuffer.wrap("text"), "body(text, contentType)"),
        Arguments.of(new byte[] {1}, "body(bytes, contentType)"),
        Arguments.of(ByteBuffer.allocate(1), "body(bytes, contentType)"),
        Arguments.of(new ByteArrayInputStream(new byte[1]), "body(stream, contentType)"),
        Arguments.of(new StringReader("text"), "body(text, contentType)"),
        Arguments.of(Path.of("body.txt"), "body(path, contentType)"),
        Arguments.of(new File("body.txt"), "body(file.toPath(), contentType)"),
        Arguments.of((Supplier<String>) () -> "text", "body(supplier, contentType)"));
  }

  @ParameterizedTest
  @MethodSource("rawBodies")
  void aBodyThatACodecWouldChangeIsRefused(Object value, String instead) {
    for (WorkerClient.Builder builder :
        List.of(fleet.builder(), fleet.builder().bodyCodec(new UnusedCodec()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet.service(builder).post("/").body(value))
          .withMessageEndingWith("not its content; write " + instead);
    }
  }

  @Test
  void aTypeWithoutCodecIsRefusedBeforeTheCall() {
    WorkerService service = fleet.service();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> service.post("/").fetch(Integer.class),
            () -> service.post("/").fetch(new TypeRef<List<String>>() {}),
            () -> service.post("/").fetchAsync(Integer.class),
            () -> service.post("/").fetchAsync(new TypeRef<List<String>>() {}))) {
      assertThatIllegalStateException()
          .isThrownBy(call)
          .withMessageContaining("add worker-client-jackson");
    }
  }

  private static final class UnusedCodec implements BodyCodec {
    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(Object value) {
      throw new AssertionError("was asked");
    }

    @Override
    public Object decode(byte[] body, Type type) {
      throw new AssertionError("was asked");
    }
  }

  @Test
  void aClosedClientRefusesCalls() {
    fleet.proxy().close();
    fleet.domain().close();
    WorkerClient client = fleet.builder().build();
    WorkerRequest get = client.service("APIMOM").get("/");
    client.close();

    assertThatIllegalStateException().isThrownBy(get::execute).withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(get::executeAsync);
  }

  @Test
  void plainHttpToAHostThatIsAllowedByNameIsTaken() {
    WorkerClient.builder()
        .allowPlainHttp("gateway.internal")
        .service("A", s -> s.customDomain("http://gateway.internal/base"))
        .build()
        .close();
  }

  @Test
  void loopbackIsKnownByItsAddressAndNotByALookalike() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WorkerClient.builder()
                    .service("A", s -> s.customDomain("http://127.0.0.1.example.com"))
                    .build());
  }
}
