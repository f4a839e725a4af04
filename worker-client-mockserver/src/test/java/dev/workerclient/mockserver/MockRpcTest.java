package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerService;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RPC that a Java object answers. */
class MockRpcTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  interface Accounts {
    String hello(String name);

    RpcPromise<String> helloLater(RpcPromise<String> name);

    @RpcName("hello")
    CompletableFuture<String> helloAsync(String name);

    @Nullable String nothing();

    void forget(long id);

    @Idempotent
    List<Instant> times(Instant from);

    Account account(int id);

    String fails();
  }

  interface Account {
    RpcPromise<Profile> profile();

    String owner();
  }

  record Profile(String owner, Instant since) {}

  /** What a test writes. */
  private static final class FakeAccounts implements Accounts {
    private long forgotten;

    @Override
    public String hello(String name) {
      return "hello " + name;
    }

    @Override
    public RpcPromise<String> helloLater(RpcPromise<String> name) {
      return RpcPromise.of("hello " + name.join());
    }

    @Override
    public CompletableFuture<String> helloAsync(String name) {
      return CompletableFuture.completedFuture("hello " + name);
    }

    @Override
    public @Nullable String nothing() {
      return null;
    }

    @Override
    public void forget(long id) {
      forgotten = id;
    }

    @Override
    public List<Instant> times(Instant from) {
      return List.of(from, from.plusSeconds(1));
    }

    @Override
    public Account account(int id) {
      return new Account() {
        @Override
        public RpcPromise<Profile> profile() {
          return RpcPromise.of(new Profile(owner(), Instant.EPOCH));
        }

        @Override
        public String owner() {
          return "owner-" + id;
        }
      };
    }

    @Override
    public String fails() {
      throw new IllegalStateException("not today");
    }
  }

  private final FakeAccounts fake = new FakeAccounts();

  @ParameterizedTest
  @EnumSource
  void isAnsweredOverEitherRoute(RouteKind kind) {
    Accounts accounts = accounts(kind);
    assertThat(accounts.hello("you")).isEqualTo("hello you");
    assertThat(accounts.helloAsync("you").join()).isEqualTo("hello you");
    assertThat(accounts.nothing()).isNull();
    accounts.forget(Long.MAX_VALUE);
    assertThat(fake.forgotten).isEqualTo(Long.MAX_VALUE);
    assertThat(accounts.times(Instant.EPOCH))
        .containsExactly(Instant.EPOCH, Instant.ofEpochSecond(1));
    assertThat(accounts.account(7).owner()).isEqualTo("owner-7");
    assertThat(workers.service("ACCOUNTS").executions()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsOneRequestAndItsPromisesBuildOnOneAnother(RouteKind kind) {
    Accounts unused = accounts(kind);
    RpcBatch batch = Rpc.batch(service());
    Accounts accounts = batch.of(Accounts.class);
    RpcPromise<String> owner = accounts.account(7).profile().get("owner", String.class);
    RpcPromise<String> greeting = accounts.helloLater(owner);
    batch.execute();
    assertThat(greeting.join()).isEqualTo("hello owner-7");
    assertThat(unused).isNotNull();
    assertThat(workers.service("ACCOUNTS").rpcCalls())
        .containsExactly(
            new RpcCall("account", List.of(7)),
            new RpcCall("profile", List.of()),
            new RpcCall("helloLater", List.of("owner-7")));
    assertThat(workers.service("ACCOUNTS").executions()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsMadeOnceHoweverItsResultIsUsed(RouteKind kind) {
    Accounts accounts = accounts(kind);
    Account account = accounts.account(7);
    RpcPromise<Profile> profile = account.profile();
    assertThat(profile.join()).isSameAs(profile.join());
    assertThatIllegalStateException()
        .isThrownBy(account::owner)
        .withMessageContaining("account was sent already");
    assertThatIllegalStateException()
        .isThrownBy(() -> profile.get("owner", String.class).join())
        .withMessageContaining("account.profile was sent already");
    assertThat(workers.service("ACCOUNTS").executions()).isEqualTo(1);
  }

  @Test
  void whatTheObjectThrowsTheCallThrows() {
    WorkerRpcException e =
        catchThrowableOfType(
            WorkerRpcException.class, () -> accounts(RouteKind.BINDING_PROXY).fails());
    assertThat(e.remoteMessage()).isEqualTo("not today");
  }

  @Test
  void aScriptedFaultComesFirst() {
    Accounts accounts = accounts(RouteKind.BINDING_PROXY);
    workers.service("ACCOUNTS").binding().fails(Fault.dispatchMismatch());
    assertThatThrownBy(() -> accounts.hello("you")).isInstanceOf(DispatchMismatchException.class);
  }

  @Test
  void durableObjectsAnswerToo() {
    workers.service("ACCOUNTS").rpc(fake).durableObject("room-1");
    Accounts accounts = Rpc.of(service().durableObject("room-1"), Accounts.class);
    assertThat(accounts.hello("you")).isEqualTo("hello you");
    assertThat(workers.service("ACCOUNTS").durableObject("room-1").requests()).hasSize(1);
  }

  private Accounts accounts(RouteKind kind) {
    MockService service = workers.service("ACCOUNTS").rpc(fake);
    MockRoute unused = kind == RouteKind.BINDING_PROXY ? service.binding() : service.customDomain();
    assertThat(unused.requests()).isEmpty();
    return Rpc.of(service(), Accounts.class);
  }

  private static WorkerService service() {
    return workers.client().service("ACCOUNTS");
  }
}
