package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.WorkerClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promises and stubs as arguments of calls that are not of their own batch or Worker. */
class MixedReferencesTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    RpcPromise<String> charge(int cents);

    RpcPromise<String> note(RpcPromise<String> text);

    void use(Session session);

    Session auth(String token);
  }

  interface Session {
    String name();
  }

  @Test
  void aPromiseOfAnotherBatchDoesNotRunItsCallTwice() {
    server.answers("[\"resolve\",1,\"paid\"]");
    RpcBatch first = Rpc.batch(server.service());
    RpcPromise<String> paid = first.of(Api.class).charge(100);
    first.execute();
    Api second = Rpc.batch(server.service()).of(Api.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> second.note(paid))
        .withMessageContaining("of another batch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api().note(paid).join())
        .withMessageContaining("of another batch");
  }

  @Test
  void aStubOfAnotherServiceDoesNotTakeItsCallThere() {
    try (WorkerClient other =
        WorkerClient.builder()
            .service(
                "OTHER",
                own -> own.customDomain("http://127.0.0.1:1", domain -> domain.rpcPath("/api")))
            .build()) {
      Session session = Rpc.of(other.service("OTHER"), Api.class).auth("secret of OTHER");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api().use(session))
          .withMessageContaining("of another service");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aStubOfTheSameServiceGoesWithTheCall() {
    server.answers("[\"resolve\",2,[\"undefined\"]]");
    api().use(api().auth("t"));
    assertThat(server.batch())
        .isEqualTo(
            "[\"push\",[\"pipeline\",0,[\"auth\"],[\"t\"]]]\n"
                + "[\"push\",[\"pipeline\",0,[\"use\"],[[\"pipeline\",1]]]]\n[\"pull\",2]");
  }

  @Test
  void aPromiseThatHasItsValueIsSentAsTheValue() {
    server.answers("[\"resolve\",1,\"ok\"]");
    api().note(RpcPromise.of("text")).join();
    assertThat(server.batch()).contains("[\"note\"],[\"text\"]");
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
