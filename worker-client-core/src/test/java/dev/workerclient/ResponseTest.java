package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets out of an answer, and out of one that is not what was asked for. */
class ResponseTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  /** Reads and writes integers; refuses anything else. */
  private static final class IntegerCodec implements BodyCodec {
    @Override
    public String contentType() {
      return "application/x-integer";
    }

    @Override
    public byte[] encode(Object value) throws IOException {
      if (value instanceof Integer) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
      }
      throw new IOException("no integer");
    }

    @Override
    public @Nullable Object decode(byte[] body, Type type) throws IOException {
      String text = new String(body, StandardCharsets.UTF_8);
      if (text.equals("null")) {
        return null;
      }
      if (text.equals("odd")) {
        throw new IllegalStateException("as some JSON libraries do");
      }
      try {
        return Integer.valueOf(text);
      } catch (NumberFormatException e) {
        throw new IOException("no integer", e);
      }
    }

    @Override
    public @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
      return contentType.equals("application/problem+json")
          ? ServiceError.builder("DOWNSTREAM", "GET /", "X").build()
          : null;
    }
  }

  private WorkerService service() {
    return fleet.service(fleet.builder().bodyCodec(new IntegerCodec()));
  }

  /** Reads the first byte alone; an array is not its form. */
  private static final class FirstByteCodec implements BodyCodec {
    @Override
    public String contentType() {
      return "application/octet-stream";
    }

    @Override
    public byte[] encode(Object value) throws IOException {
      throw new IOException("not asked for");
    }

    @Override
    public Object decode(byte[] body, Type type) {
      return -1;
    }

    @Override
    public Object decode(InputStream body, Type type) throws IOException {
      return body.read();
    }
  }

  @Test
  void fetchGivesTheCodecTheBodyAsAStreamWhichItMayLeaveUnread() {
    WorkerService service = fleet.service(fleet.builder().bodyCodec(new FirstByteCodec()));
    fleet.proxy().answers(answered(200, "A" + "x".repeat(100_000)));

    assertThat(service.get("/").fetch(Integer.class)).isEqualTo('A');
    assertThat(service.get("/").fetchAsync(new TypeRef<Integer>() {}).join()).isEqualTo('A');
    assertThat(service.get("/").execute().bodyAs(Integer.class)).isEqualTo(-1);
  }

  @Test
  void headersIgnoreCaseAndKeepAllValues() {
    fleet
        .proxy()
        .answers(
            answered(200, "{}")
                .newBuilder()
                .addHeader("Set-Cookie", "a=1")
                .addHeader("Set-Cookie", "b=2")
                .addHeader("cf-ray", "8f1c-FRA")
                .build());

    WorkerResponse response = service().get("/").execute();

    assertThat(response.headers().get("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().get("SET-COOKIE")).hasSize(2);
    assertThat(response.header("X-None")).isNull();
    assertThat(response.rayId()).isEqualTo("8f1c-FRA");
  }

  @Test
  void aValueIsWrittenAndReadByTheCodec() {
    fleet.proxy().answers(answered(200, "42"));

    int value = service().post("/double").body(21).fetch(Integer.class);

    assertThat(value).isEqualTo(42);
    assertThat(fleet.proxy().requests().get(0).getBody().utf8()).isEqualTo("21");
    assertThat(fleet.proxy().requests().get(0).getHeaders().get("Content-Type"))
        .isEqualTo("application/x-integer");
  }

  @Test
  void aContentTypeOfTheUsersOwnReplacesTheCodecs() {
    fleet.proxy().answers(answered(200, "42"));

    service().post("/double").header("Content-Type", "text/plain").body(21).execute();

    assertThat(fleet.proxy().requests().get(0).getHeaders().values("Content-Type"))
        .containsExactly("text/plain");
  }

  @Test
  void textAndBytesNeedNoCodec() {
    fleet.proxy().answers(answered(200, "grüße"));

    assertThat(fleet.service().get("/").fetch(String.class)).isEqualTo("grüße");
    assertThat(fleet.service().get("/").fetch(byte[].class)).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({"204, ''", "200, ''", "200, '{\"left\": 1}'"})
  void anAnswerWithoutAValueIsNullForVoid(int status, String body) {
    fleet.proxy().answers(answered(status, body));
    WorkerService service = fleet.service();

    assertThat(service.delete("/").fetch(Void.class)).isNull();
    assertThat(service.delete("/").fetch(void.class)).isNull();
    assertThat(service.delete("/").fetch(new TypeRef<Void>() {})).isNull();
    assertThat(service.delete("/").fetchAsync(Void.class).join()).isNull();
    assertThat(service.delete("/").execute().bodyAs(Void.class)).isNull();
    assertThat(fleet.proxy().requests()).hasSize(5);
  }

  @Test
  void htmlWhereAValueWasDueIsNamedAndNotQuoted() {
    fleet
        .proxy()
        .answers(
            answered(200, "<h1>s3cret</h1>")
                .newBuilder()
                .setHeader("Content-Type", "text/html")
                .build());

    WorkerDecodingException failure =
        catchThrowableOfType(
            WorkerDecodingException.class, () -> service().post("/").fetch(Integer.class));

    assertThat(failure)
        .hasMessageContaining("HTTP 200, but the body (text/html, 15 bytes) is no")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageNotContaining("s3cret");
    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void nullWhereAValueWasDueIsADecodingFailure() {
    fleet.proxy().answers(answered(200, "null"));

    assertThat(
            catchThrowableOfType(
                WorkerDecodingException.class, () -> service().get("/").fetch(Integer.class)))
        .isNotNull();
  }

  @Test
  void aCodecThatThrowsAnythingElseIsADecodingFailureToo() {
    fleet.proxy().answers(answered(200, "odd"));

    assertThat(
            catchThrowableOfType(
                WorkerDecodingException.class, () -> service().get("/").fetch(Integer.class)))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPrimitivesClassGivesItsValue() {
    fleet.proxy().answers(answered(200, "42"));

    int value = service().get("/").fetch(int.class);

    assertThat(value).isEqualTo(42);
  }

  @Test
  void anotherStatusThrowsWithAllThatTheTargetSaid() {
    fleet
        .proxy()
        .answers(
            answered(409, "17")
                .newBuilder()
                .setHeader("Content-Type", "application/problem+json")
                .addHeader("X-Why", "twice")
                .build());

    WorkerResponseException failure =
        catchThrowableOfType(
            WorkerResponseException.class, () -> service().post("/").fetch(Integer.class));

    assertThat(failure.status()).isEqualTo(409);
    assertThat(failure.headers().get("x-why")).isEqualTo(List.of("twice"));
    assertThat(failure.string()).isEqualTo("17");
    assertThat(failure.bodyAs(Integer.class)).isEqualTo(17);
    assertThat(failure.downstreamError()).isNotNull();
    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(failure.serviceError().status()).isEqualTo(502);
    assertThat(failure.attempts()).hasSize(1);
  }

  @Test
  void aGenericTypeIsCaptured() {
    assertThat(new TypeRef<List<String>>() {}.type().getTypeName())
        .isEqualTo("java.util.List<java.lang.String>");
  }

  @Test
  void aDurableObjectIsAddressedByNameByIdOrUnique() {
    fleet.proxy().answers(answered(200, "1"));
    WorkerService service = service();

    service.durableObject("room 1/é,").get("/").execute();
    service.durableObjectId("AB".repeat(32)).get("/").execute();
    service.uniqueDurableObject().get("/").execute();

    assertThat(fleet.proxy().requests())
        .extracting(request -> request.getHeaders().get("Binding-Proxy-Object"))
        .containsExactly("name:room%201%2F%C3%A9%2C", "id:" + "ab".repeat(32), "unique");
  }

  @Test
  void aUniqueObjectIsNeverAskedTwiceAndAnObjectHasNoOtherRoute() {
    fleet.proxy().answers(TestRoute.dispatchMismatch());

    assertThat(
            catchThrowableOfType(
                    dev.workerclient.error.DispatchMismatchException.class,
                    () -> service().uniqueDurableObject().get("/").execute())
                .serviceError()
                .diagnosis()
                .resend())
        .startsWith("no, ");
    assertThat(fleet.domain().requests()).isEmpty();
  }
}
