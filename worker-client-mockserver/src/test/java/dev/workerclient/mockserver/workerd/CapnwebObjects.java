package dev.workerclient.mockserver.workerd;

import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import java.util.List;

/** What methods of the Worker {@code capnweb-api.js} return, and are given. */
final class CapnwebObjects {
  private CapnwebObjects() {}

  interface Authed {
    RpcPromise<User> getUser(int id);

    @RpcName("getUser")
    RpcPromise<User> userOf(RpcPromise<Integer> id);

    RpcPromise<List<Integer>> getIds();

    @RpcProperty
    String whoami();
  }

  @FunctionalInterface
  interface Callback {
    String call(String text);
  }

  @FunctionalInterface
  interface Numbers {
    void on(int number);
  }

  @FunctionalInterface
  interface Adder {
    int add(int number);
  }

  interface Watcher {
    String seen(String what, int count);
  }

  record User(int id, String name) {}
}
