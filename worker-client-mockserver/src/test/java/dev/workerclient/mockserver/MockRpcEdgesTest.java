package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RPC that a Java object answers, where it answers in an unusual way. */
class MockRpcEdgesTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  interface Api {
    int count(String... names);

    CompletableFuture<String> later();

    @RpcName("later")
    String now();

    BigDecimal exact();
  }

  private static final class Fake implements Api {
    @Override
    public int count(String... names) {
      return names.length;
    }

    @Override
    public CompletableFuture<String> later() {
      return CompletableFuture.failedFuture(new IllegalStateException("not today"));
    }

    @Override
    public String now() {
      return later().join();
    }

    @Override
    public BigDecimal exact() {
      return new BigDecimal("0.10000000000000000001");
    }
  }

  @Test
  void aVariableParameterTakesAnyNumber() {
    assertThat(api().count("a", "b")).isEqualTo(2);
    assertThat(api().count()).isZero();
  }

  @Test
  void whatAFutureFailsWithIsWhatTheMethodThrew() {
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().now());
    assertThat(e.remoteMessage()).isEqualTo("not today");
  }

  @Test
  void aResultThatHasNoFormIsARejection() {
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().exact());
    assertThat(e.remoteMessage()).contains("BigDecimal");
  }

  private static Api api() {
    workers.service("API").rpc(new Fake());
    return Rpc.of(workers.client().service("API"), Api.class);
  }
}
