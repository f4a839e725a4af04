package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerDecodingException;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A body that does not fit its type: the client's message says why and where, with the codec of the
 * class path, whichever Jackson it is made of.
 */
public abstract class MappingFailureContract {
  private static final String TOKEN = "s3cr3t-token-of-orders";

  private final MockWebServer server = new MockWebServer();

  enum Color {
    RED,
    GREEN
  }

  record Item(String sku, int count, Color color) {}

  record Order(String id, List<Item> items) {}

  record Positive(int value) {
    Positive {
      if (value < 0) {
        throw new IllegalStateException("value is negative");
      }
    }
  }

  interface NoCreator {
    String name();
  }

  record Holder(NoCreator made) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
  interface Shape {}

  record Circle(int radius) implements Shape {}

  record Drawing(List<Shape> shapes) {}

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMissingCreator() {
    assertThat(failure("{\"made\":{\"name\":\"private\"}}", new TypeRef<Holder>() {}))
        .contains("is not a " + Holder.class.getName() + ": ")
        .contains("Cannot construct instance of")
        .contains("NoCreator")
        .endsWith("in made");
  }

  @Test
  void anUnknownConstantOfAnEnum() {
    assertThat(
            failure(
                "{\"id\":\"private\",\"items\":[{\"sku\":\"private\",\"count\":1,\"color\":\"RED\"},"
                    + "{\"sku\":\"private\",\"count\":1,\"color\":\"BLUE\"}]}",
                new TypeRef<Order>() {}))
        .contains("not one of the values accepted for Enum class: [")
        .contains("\"BLUE\"")
        .endsWith("in items[1].color");
  }

  @Test
  void anUnknownSubtype() {
    assertThat(
            failure(
                "{\"shapes\":[{\"kind\":\"square\",\"side\":\"private\"}]}",
                new TypeRef<Drawing>() {}))
        .contains("Could not resolve type id 'square' as a subtype of")
        .contains("known type ids = [circle]")
        .endsWith("in shapes[0]");
  }

  @Test
  void anExceptionInAConstructor() {
    assertThat(
            failure(
                "{\"first\":[{\"value\":1},{\"value\":-1}]}",
                new TypeRef<Map<String, List<Positive>>>() {}))
        .contains("Positive")
        .contains("value is negative")
        .endsWith("in first[1]");
  }

  @Test
  void anOverflow() {
    assertThat(
            failure(
                "{\"items\":[{\"sku\":\"private\",\"count\":12345678901}]}",
                new TypeRef<Order>() {}))
        .contains("12345678901")
        .contains("out of range of ")
        .endsWith("in items[0].count");
  }

  @Test
  void aNullForAPrimitive() {
    assertThat(
            failure("{\"items\":[{\"sku\":\"private\",\"count\":null}]}", new TypeRef<Order>() {}))
        .contains("Cannot map `null` into type `int`")
        .endsWith("in items[0].count");
  }

  @Test
  void aTextThatIsNotANumber() {
    assertThat(
            failure(
                "{\"items\":[{\"sku\":\"private\",\"count\":\"many\"}]}", new TypeRef<Order>() {}))
        .contains("from String \"many\": not a valid `int` value")
        .endsWith("in items[0].count");
  }

  @Test
  void anObjectInPlaceOfAList() {
    assertThat(
            failure(
                "{\"id\":\"private\",\"items\":{\"sku\":\"private\"}}", new TypeRef<Order>() {}))
        .contains("from Object value")
        .endsWith("in items");
  }

  @Test
  void aBodyThatIsCut() {
    assertThat(
            failure(
                "{\"id\":\"private\",\"items\":[{\"sku\":\"private\",", new TypeRef<Order>() {}))
        .contains("Unexpected end-of-input")
        .endsWith("in items[0]");
  }

  @Test
  void aTokenThatTheBodyEchoesIsHidden() {
    assertThat(failure("{\"items\":[{\"count\":\"" + TOKEN + "\"}]}", new TypeRef<Order>() {}))
        .contains("(hidden)")
        .doesNotContain(TOKEN)
        .endsWith("in items[0].count");
  }

  private String failure(String body, TypeRef<?> type) {
    server.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .body(new Buffer().writeUtf8(body))
            .build());
    String origin = "http://127.0.0.1:" + server.getPort();
    try (WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                service -> service.customDomain(origin, domain -> domain.bearerToken(TOKEN)))
            .build()) {
      WorkerDecodingException e =
          catchThrowableOfType(
              WorkerDecodingException.class,
              () -> client.service("ORDERS").get("/v1/orders").fetch(type));
      String message = e.serviceError().message();
      assertThat(message)
          .startsWith("HTTP 200, but the body (application/json, " + body.getBytes(UTF_8).length)
          .doesNotContain("private", "\n");
      assertThat(e).hasMessageContaining(message);
      return message;
    }
  }
}
