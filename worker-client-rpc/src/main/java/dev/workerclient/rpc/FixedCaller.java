package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has one value and calls nothing. */
record FixedCaller(@Nullable Object value) implements Caller {
  @Override
  public void begin(RpcNode node) {
    throw unsupported();
  }

  @Override
  public boolean takes(Caller other) {
    throw unsupported();
  }

  @Override
  public @Nullable Object value(RpcNode node, JavaType type) {
    throw unsupported();
  }

  @Override
  public void run(RpcNode node) {
    throw unsupported();
  }

  @Override
  public CompletableFuture<@Nullable Object> future(RpcNode node, JavaType type) {
    throw unsupported();
  }

  @Override
  public void pull(RpcNode node) {
    // It is there.
  }

  @Override
  public @Nullable Object join(RpcNode node, JavaType type) {
    return value;
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("a promise made by of(value) calls nothing");
  }
}
