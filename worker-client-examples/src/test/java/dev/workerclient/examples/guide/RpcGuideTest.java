package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of docs/rpc.md, on MockWorkers. */
class RpcGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void aJavaObjectAnswersForTheWorker() {
    workers.service("ACCOUNTS").rpc(new FakeAccounts());
    WorkerClient client = workers.client();

    Accounts accounts = Rpc.of(client.service("ACCOUNTS"), Accounts.class);
    assertThat(accounts.hello("you")).isEqualTo("hello you");

    assertThat(accounts.helloAsync("you").join()).isEqualTo("hello you");
    assertThat(accounts.budget("blue").left()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theFirstCallsRun() {
    workers
        .service("ACCOUNTS")
        .rpc(
            new FirstRpcCall.Accounts() {
              @Override
              public String hello(String name) {
                return "hello " + name;
              }

              @Override
              public FirstRpcCall.Profile profile(int id) {
                return new FirstRpcCall.Profile(id, "owner-" + id);
              }
            });

    FirstRpcCall.main(new String[] {workers.proxyUrl(), workers.proxyToken()});

    assertThat(workers.service("ACCOUNTS").executions()).isEqualTo(2);
  }

  @Test
  void severalCallsTakeOneRoundTrip() {
    WorkerService service = service();

    String owner =
        Rpc.batch(
            service,
            Accounts.class,
            accounts -> accounts.account(7).profile().get("owner", String.class));

    assertThat(owner).isEqualTo("owner-7");
    assertThat(workers.service("ACCOUNTS").executions()).isEqualTo(1);
  }

  @Test
  void aBatchHasManyResults() {
    RpcBatch batch = Rpc.batch(service());
    Accounts accounts = batch.of(Accounts.class);
    RpcPromise<Accounts.Profile> profile = accounts.account(7).profile().pull();
    RpcPromise<String> greeting = accounts.helloLater(profile.get("owner", String.class));
    batch.execute();
    assertThat(profile.join().cents()).isEqualTo(4200);
    assertThat(greeting.join()).isEqualTo("hello owner-7");
  }

  @Test
  void whatTheMethodThrewIsData() {
    Accounts accounts = Rpc.of(service(), Accounts.class);
    assertThatExceptionOfType(WorkerRpcException.class)
        .isThrownBy(() -> accounts.account(7).close("because"))
        .satisfies(e -> assertThat(e.remoteMessage()).isEqualTo("closed already"));
  }

  @Test
  void aFakeThrowsAsTheWorkerWould() {
    workers
        .service("ACCOUNTS")
        .rpc(
            new FakeAccounts() {
              @Override
              public Budget budget(String project) {
                ServiceError unused = ServiceError.builder("", "", "WORKER_RPC").build();
                throw new WorkerRpcException(unused, "RangeError", "too late", Map.of("code", 7));
              }
            });
    Accounts accounts = Rpc.of(workers.client().service("ACCOUNTS"), Accounts.class);

    assertThatExceptionOfType(WorkerRpcException.class)
        .isThrownBy(() -> accounts.budget("blue"))
        .satisfies(
            e -> {
              assertThat(e.remoteType()).isEqualTo("RangeError");
              assertThat(e.remoteMessage()).isEqualTo("too late");
              assertThat(e.properties()).containsEntry("code", 7);
              assertThat(e.serviceError().operation()).isEqualTo("budget");
            });
  }

  private static WorkerService service() {
    workers.service("ACCOUNTS").rpc(new FakeAccounts());
    return workers.client().service("ACCOUNTS");
  }

  private static class FakeAccounts implements Accounts {
    @Override
    public String hello(String name) {
      return "hello " + name;
    }

    @Override
    public CompletableFuture<String> helloAsync(String name) {
      return CompletableFuture.completedFuture(hello(name));
    }

    @Override
    public RpcPromise<String> helloLater(RpcPromise<String> name) {
      return RpcPromise.of(hello(name.join()));
    }

    @Override
    public Budget budget(String project) {
      return new Budget(project, Long.MAX_VALUE);
    }

    @Override
    public Account account(int id) {
      return new FakeAccount(id);
    }
  }

  private record FakeAccount(int id) implements Accounts.Account {
    @Override
    public RpcPromise<Accounts.Profile> profile() {
      return RpcPromise.of(new Accounts.Profile("owner-" + id, BigInteger.valueOf(4200)));
    }

    @Override
    public void close(String reason) {
      throw new IllegalStateException("closed already");
    }
  }
}
