package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerRpcException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions captured from the official client: the same messages are sent, in the same order. */
@Timeout(60)
class SessionGoldenTest {
  private static final String TAKES_AN_ID = "\\[\"(push|stream|pipe)\".*";

  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    String hello(String name);

    String boom();

    RpcPromise<Counter> makeCounter();

    String callMe(Callback callback);

    Users users();

    Authed auth(String token);
  }

  interface Authed {
    RpcPromise<List<Integer>> getIds();

    RpcPromise<User> getUser(RpcPromise<Integer> id);
  }

  record User(String name) {}

  interface Users {
    Account account(int id);
  }

  interface Account {
    RpcPromise<Map<String, Object>> profile();
  }

  interface Counter extends AutoCloseable {
    int inc();

    int inc(int by);

    @Override
    void close();
  }

  @FunctionalInterface
  interface Callback {
    String call(String text);
  }

  @Test
  void single() throws IOException {
    List<String> expected = plays("single", 1);
    try (RpcSession session = Rpc.session(server.service())) {
      assertThat(session.of(Api.class).hello("World")).isEqualTo("Hello World");
      requireSent(expected);
    }
  }

  @Test
  void error() throws IOException {
    List<String> expected = plays("error", 1);
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, api::boom);
      assertThat(e.remoteType() + e.remoteMessage()).isEqualTo("TypeErrorkaboom");
      assertThat(e.properties()).containsEntry("code", "E_BOOM").containsKey("cause");
      requireSent(expected);
    }
  }

  @Test
  void stubHeld() throws IOException {
    List<String> expected = plays("stub-held", 2, 3);
    try (RpcSession session = Rpc.session(server.service())) {
      try (Counter counter = session.of(Api.class).makeCounter().join()) {
        assertThat(counter.inc()).isEqualTo(1);
        assertThat(counter.inc(4)).isEqualTo(5);
      }
      requireSent(expected);
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void callback() throws IOException {
    List<String> expected = plays("callback", 1);
    try (RpcSession session = Rpc.session(server.service())) {
      assertThat(session.of(Api.class).callMe(text -> "cb:" + text)).isEqualTo("cb:from-server");
      requireSent(expected);
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void badMessage() throws IOException {
    // The capture's client sends it by hand; what the server answers ends the session.
    List<String> expected = plays("bad-message", 1);
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      assertThat(api.hello("x")).isEqualTo("Hello x");
      WorkerConnectionException e =
          catchThrowableOfType(WorkerConnectionException.class, () -> api.hello("y"));
      assertThat(e.serviceError().message()).contains("aborted the session");
      requireSent(expected);
    }
  }

  @Test
  void mapPromises() throws IOException {
    List<String> expected = plays("map-promises");
    List<String> answers = answers("map-promises");
    server.answers(
        (socket, message) -> {
          if (message.equals("[\"pull\",3]")) {
            answers.forEach(socket::send);
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      Authed authed = session.of(Api.class).auth("t0k");
      RpcPromise<List<String>> names =
          authed
              .getIds()
              .mapPromise(Integer.class, id -> authed.getUser(id).get("name", String.class));
      assertThat(names.join()).containsExactly("user-1", "user-2", "user-3");
      List<String> sent = expected.stream().map(each -> server.message()).toList();
      assertThat(sent.subList(0, 4)).isEqualTo(expected.subList(0, 4));
      // Here a result is held until it was joined, and so released last.
      assertThat(sent).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /**
   * Answers as captured, once the messages before were sent; returns all that is to be sent.
   *
   * @param calls the ids of calls whose value alone is wanted: one message here, where the
   *     capture's client pushes, pulls and releases
   */
  private List<String> plays(String capture, int... calls) throws IOException {
    List<JsonNode> log = log(capture);
    for (int id : calls) {
      List<String> dropped = List.of("[\"pull\"," + id + "]", "[\"release\"," + id + ",1]");
      log.removeIf(each -> isClients(each) && dropped.contains(each.path("m").asText()));
      List<JsonNode> taking =
          log.stream()
              .filter(each -> isClients(each) && each.path("m").asText().matches(TAKES_AN_ID))
              .toList();
      ObjectNode call = (ObjectNode) taking.get(id - 1);
      call.put("m", call.get("m").textValue().replaceFirst("push", "stream"));
    }
    List<String> expected = new ArrayList<>();
    List<JsonNode> left = new ArrayList<>();
    for (JsonNode each : log) {
      if (each.has("m")) {
        left.add(each);
        if (each.get("dir").textValue().equals("C>S")) {
          expected.add(each.get("m").textValue());
        }
      } else {
        break; // It is closed.
      }
    }
    server.answers(
        (socket, message) -> {
          if (left.isEmpty()) {
            return; // To throw would reset the connection, and what was sent before may be lost.
          }
          left.remove(0);
          while (!left.isEmpty() && left.get(0).get("dir").textValue().equals("S>C")) {
            socket.send(left.remove(0).get("m").textValue());
          }
        });
    return expected;
  }

  private static boolean isClients(JsonNode message) {
    return message.path("dir").asText().equals("C>S");
  }

  private static List<String> answers(String capture) throws IOException {
    List<String> answers = new ArrayList<>();
    for (JsonNode each : log(capture)) {
      if (!each.has("m")) {
        break; // It is closed.
      }
      if (each.get("dir").textValue().equals("S>C")) {
        answers.add(each.get("m").textValue());
      }
    }
    return answers;
  }

  private static List<JsonNode> log(String capture) throws IOException {
    try (InputStream in =
        SessionGoldenTest.class.getResourceAsStream("/capnweb/ws-" + capture + ".json")) {
      List<JsonNode> log = new ArrayList<>();
      new JsonMapper().readTree(Objects.requireNonNull(in)).get("log").forEach(log::add);
      return log;
    }
  }

  private void requireSent(List<String> expected) {
    for (String each : expected) {
      assertThat(server.message()).isEqualTo(each);
    }
  }
}
