package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerService;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** The calls that metrics and traces are shown of. */
enum Scenarios {
  SUCCESS("CATALOG") {
    @Override
    void script(MockService service) {
      service.binding().answers(MockAnswer.json("{}").withHeader("cf-ray", "8f1b2c3d4e5f6a7b-FRA"));
    }
  },
  FALLBACK("ORDERS") {
    @Override
    void script(MockService service) {
      service.binding().fails(Fault.bindingMissing());
      service.customDomain().answers(MockAnswer.json("{}"));
    }
  },
  RETRY("MEDIA") {
    @Override
    void script(MockService service) {
      service.binding().fails(Fault.networkLost()).times(1).thenAnswers(MockAnswer.json("{}"));
    }
  },
  ERROR_1042("LEGACY") {
    @Override
    void script(MockService service) {
      service.customDomain().fails(Fault.error1042());
    }

    @Override
    void call(WorkerService service) {
      assertThatExceptionOfType(Error1042Exception.class).isThrownBy(() -> super.call(service));
    }
  },
  RPC_BATCH("ACCOUNTS") {
    @Override
    void script(MockService service) {
      service.rpc(new FakeAccounts()).binding();
    }

    @Override
    void call(WorkerService service) {
      RpcBatch batch = Rpc.batch(service);
      Accounts accounts = batch.of(Accounts.class);
      RpcPromise<String> owner = accounts.owner(7);
      RpcPromise<String> greeting = accounts.greet(owner);
      batch.execute();
      greeting.join();
    }
  },
  ASYNC_QUEUED("STOCK") {
    @Override
    void script(MockService service) {
      service
          .binding()
          .answers(
              request -> {
                bothMade.acquireUninterruptibly();
                return MockAnswer.json("{}");
              });
    }

    /** With one place, one of them waits. */
    @Override
    void call(WorkerService service) {
      var one = service.get("/v1/items/{id}", 7).executeAsync();
      var other = service.get("/v1/items/{id}", 8).executeAsync();
      bothMade.release(2);
      one.join();
      other.join();
    }
  };

  interface Accounts {
    @Idempotent
    RpcPromise<String> owner(int id);

    @Idempotent
    RpcPromise<String> greet(RpcPromise<String> name);
  }

  private static final class FakeAccounts implements Accounts {
    @Override
    public RpcPromise<String> owner(int id) {
      return RpcPromise.of("owner-" + id);
    }

    @Override
    public RpcPromise<String> greet(RpcPromise<String> name) {
      return RpcPromise.of("hello " + name.join());
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // For one test at a time.
  final Semaphore bothMade = new Semaphore(0);

  private final String service;

  Scenarios(String service) {
    this.service = service;
  }

  /** Makes each scenario's service of the mock. */
  static void scriptAll(MockWorkersExtension workers) {
    for (Scenarios each : values()) {
      each.script(workers.service(each.service));
    }
  }

  /** Makes the call, by its service. */
  void run(Function<String, WorkerService> services) {
    call(services.apply(service));
  }

  String service() {
    return service;
  }

  abstract void script(MockService service);

  void call(WorkerService service) {
    service.get("/v1/items/{id}", 7).query("token", "s3cret").execute();
  }
}
