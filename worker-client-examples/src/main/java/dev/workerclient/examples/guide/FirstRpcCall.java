package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Rpc;

/** Calls two methods of the ACCOUNTS Worker. The arguments: the proxy's URL and its token. */
public final class FirstRpcCall {
  /** The methods of the Worker that we call. */
  interface Accounts {
    String hello(String name);

    Profile profile(int id);
  }

  record Profile(int id, String owner) {}

  private FirstRpcCall() {}

  public static void main(String[] args) {
    try (WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(args[0], proxy -> proxy.bearerToken(args[1]))
            .service("ACCOUNTS")
            .build()) {
      Accounts accounts = Rpc.of(client.service("ACCOUNTS"), Accounts.class);

      System.out.println(accounts.hello("you"));
      System.out.println(accounts.profile(7).owner());
    }
  }
}
