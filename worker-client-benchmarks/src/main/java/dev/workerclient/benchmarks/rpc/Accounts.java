package dev.workerclient.benchmarks.rpc;

import dev.workerclient.rpc.RpcPromise;
import java.util.List;

/** What {@code binding-proxy/test/fleet/accounts.js} offers. */
public interface Accounts {
  String hello(String name);

  Account account(int id);

  /** What {@link #account} returns. */
  interface Account {
    Account sub();

    RpcPromise<Profile> profile();
  }

  /** Data. */
  record Profile(String name, List<String> tags, Owner owner) {}

  /** Data. */
  record Owner(String name) {}
}
