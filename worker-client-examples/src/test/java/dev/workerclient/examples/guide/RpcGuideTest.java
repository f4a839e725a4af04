package dev.workerclient.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import java.math.BigInteger;
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

  private static WorkerService service() {
    workers.service("ACCOUNTS").rpc(new FakeAccounts());
    return workers.client().service("ACCOUNTS");
  }

  private static final class FakeAccounts implements Accounts {
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
