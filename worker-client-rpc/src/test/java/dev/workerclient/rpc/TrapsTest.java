package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerRpcException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What gets lost, or hurts others, on the way if nobody looks: the same by batch and by session.
 */
@Timeout(60)
class TrapsTest {
  @RegisterExtension final RpcServer server = new RpcServer();
  @RegisterExtension final SessionServer sessions = new SessionServer();

  interface Api {
    void take(Map<String, Integer> value);

    @Nullable Object get();

    int[] ints();

    List<BigInteger> bigs();

    float[] floats();

    byte[] bytes();
  }

  interface Unreachable {
    @RpcName("valueOf")
    int number();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constructor",
        "toString",
        "valueOf",
        "toJSON",
        "hasOwnProperty",
        "__proto__",
        "toLocaleString",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "__lookupGetter__"
      })
  void aNameThatTheReceiverDropsIsRefusedBeforeAnythingIsSent(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), Api.class).take(Map.of(name, 1)))
        .withMessageContaining("a member named " + name);
    try (RpcSession session = Rpc.session(sessions.service())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.of(Api.class).take(Map.of(name, 1)))
          .withMessageContaining("a member named " + name);
      assertThat(session.isOpen()).isTrue();
    }
    assertThat(server.requests()).isEmpty();
    assertThat(sessions.hasMessage()).isFalse();
  }

  @Test
  void aMethodThatNoWorkerCanServeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), Unreachable.class))
        .withMessageContaining("has the name valueOf");
  }

  @Test
  void typedArraysAreReadByTheirElements() {
    assertThat(read("[\"bytes\",\"AQD//w\",\"Int16Array\"]").ints()).containsExactly(1, -1);
    assertThat(read("[\"bytes\",\"AQD//w\",\"Uint16Array\"]").ints()).containsExactly(1, 65535);
    assertThat(read("[\"bytes\",\"/////w\",\"Uint32Array\"]").bigs())
        .containsExactly(BigInteger.valueOf(4294967295L));
    assertThat(read("[\"bytes\",\"//////////8\",\"BigUint64Array\"]").bigs())
        .containsExactly(new BigInteger("18446744073709551615"));
    assertThat(read("[\"bytes\",\"//////////8\",\"BigInt64Array\"]").bigs())
        .containsExactly(BigInteger.valueOf(-1));
    assertThat(read("[\"bytes\",\"AADAPw\",\"Float32Array\"]").floats()).containsExactly(1.5f);
    for (String type : List.of("Int8Array", "Uint8ClampedArray", "ArrayBuffer", "DataView")) {
      assertThat(read("[\"bytes\",\"Af8\",\"" + type + "\"]").bytes()).containsExactly(1, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"bytes\",\"AQID\",\"Int16Array\"]",
        "[\"bytes\",\"AQID\",\"Float16Array\"]",
        "[\"bytes\",\"!!!\"]",
        "[\"wat\",1]",
        "1e",
        "[[1]"
      })
  void aValueThatCantBeReadFailsItsCallAlone(String value) {
    sessions.resolves(id -> id == 1 ? value : "\"fine\"");
    try (RpcSession session = Rpc.session(sessions.service())) {
      Api api = session.of(Api.class);
      WorkerDecodingException e = catchThrowableOfType(WorkerDecodingException.class, api::get);
      assertThat(e.serviceError().operation()).isEqualTo("get");
      assertThat(api.get()).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "42", "null", "[\"undefined\"]", "{\"code\":7}", "[\"wat\"]"})
  void whatIsThrownMayBeAnyValue(String value) {
    server.answers("[\"reject\",1," + value + "]");
    assertThat(
            catchThrowableOfType(
                WorkerRpcException.class, () -> Rpc.of(server.service(), Api.class).get()))
        .isNotNull();
    sessions.answers(
        (socket, message) -> {
          if (message.startsWith("[\"stream\",")) {
            socket.send("[\"reject\",1," + value + "]");
          }
        });
    try (RpcSession session = Rpc.session(sessions.service())) {
      assertThat(catchThrowableOfType(WorkerRpcException.class, session.of(Api.class)::get))
          .isNotNull();
    }
  }

  @Test
  void anErrorsCauseAndTheErrorsOfAnAggregateAreData() {
    server.answers(
        "[\"reject\",1,[\"error\",\"AggregateError\",\"agg\",null,{\"errors\":[[[\"error\",\"Error\",\"a1\"],3]],"
            + "\"cause\":[\"error\",\"TypeError\",\"inner\",null,{\"cause\":\"root\"}]}]]");
    WorkerRpcException e =
        catchThrowableOfType(
            WorkerRpcException.class, () -> Rpc.of(server.service(), Api.class).get());
    assertThat(e.remoteType()).isEqualTo("AggregateError");
    assertThat(e.properties())
        .containsEntry("errors", List.of(Map.of("name", "Error", "message", "a1"), 3))
        .containsEntry("cause", Map.of("name", "TypeError", "message", "inner", "cause", "root"));
  }

  private Api read(String value) {
    server.answers("[\"resolve\",1," + value + "]");
    return Rpc.of(server.service(), Api.class);
  }
}
