package dev.workerclient.rpc;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Worker of the captures, and what it returns. */
final class GoldenApi {
  private GoldenApi() {}

  interface Api {
    RpcPromise<String> hello(Object name);

    Session auth(String token);

    RpcPromise<Object> echo(Object... values);

    Counter makeCounter();

    Room room(String name);

    RpcPromise<Types> types();

    RpcPromise<String> slow(int millis);

    void noop();

    RpcPromise<Object> boom();

    RpcPromise<Object> boomStr();

    RpcPromise<Object> nope();

    @RpcName("map_")
    RpcPromise<Object> mapOfTheWorker();

    RpcPromise<Object> resp();

    RpcPromise<List<String>> textStream(int chunks);

    Users binding(String name);

    Account account(int id);

    @RpcProperty
    @RpcName("USERS")
    Users users();

    @RpcProperty
    @RpcName("SECRET")
    RpcPromise<String> secret();
  }

  interface Session {
    RpcPromise<User> getUser(int id);

    @RpcProperty
    RpcPromise<String> whoami();

    @RpcProperty
    @RpcName("whoami")
    Deep whoamiAsObject();
  }

  interface Deep {
    @RpcProperty
    Deep foo();

    RpcPromise<Object> bar();
  }

  interface Counter {
    RpcPromise<Integer> inc();

    RpcPromise<Integer> inc(int by);

    @RpcProperty
    RpcPromise<Integer> value();
  }

  interface Room {
    RpcPromise<Visit> join(String who);
  }

  interface Users {
    RpcPromise<User> getUser(String id);

    Account account(int id);

    RpcPromise<List<String>> echo(Object first, Object second);

    RpcPromise<Object> typesOf(Object... values);

    RpcPromise<Object> boom();

    RpcPromise<Object> nope();

    RpcPromise<Object> mapset();

    void noop();
  }

  interface Account {
    RpcPromise<Profile> profile();

    RpcPromise<Balance> balance();

    RpcPromise<Object> fail();
  }

  record User(String id, String name, @Nullable List<String> tags) {}

  record Visit(String who, int n) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Profile(String name, @Nullable Instant joined, byte @Nullable [] avatar) {}

  record Balance(int id, BigInteger cents) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Types(
      Instant d,
      @Nullable Instant bad,
      BigInteger big,
      byte[] bytes,
      Optional<String> u,
      double nan,
      double inf,
      double ninf,
      @Nullable String nul,
      List<Object> arr,
      String url,
      Map<String, Object> err) {}
}
