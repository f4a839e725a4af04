package dev.workerclient.examples.guide;

import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/** The Worker of docs/rpc.md as a Java interface. */
public interface Accounts {
  String hello(String name);

  @RpcName("hello")
  CompletableFuture<String> helloAsync(String name);

  @RpcName("hello")
  RpcPromise<String> helloLater(RpcPromise<String> name);

  @Idempotent
  Budget budget(String project);

  Account account(int id);

  /** What {@code account(id)} returns: an object at the Worker, with methods of its own. */
  interface Account {
    RpcPromise<Profile> profile();

    void close(String reason);
  }

  /** Data. */
  record Profile(String owner, BigInteger cents) {}

  /** Data. */
  record Budget(String project, long left) {}
}
