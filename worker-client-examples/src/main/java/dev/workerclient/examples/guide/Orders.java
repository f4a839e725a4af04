package dev.workerclient.examples.guide;

import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import dev.workerclient.rpc.RpcRequest;
import dev.workerclient.rpc.RpcResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The Worker of the sessions in docs/rpc.md as a Java interface. */
public interface Orders {
  Cart cart();

  void watch(Watcher watcher);

  RpcPromise<List<Integer>> all();

  InputStream export();

  int load(InputStream csv);

  OutputStream archive();

  int archived();

  RpcResponse forward(RpcRequest request);

  /** Stays at the Worker until it is closed. */
  interface Cart extends AutoCloseable {
    int add(String item);

    Receipt order();

    @Override
    void close();
  }

  /** A function that the Worker calls. */
  @FunctionalInterface
  interface Watcher {
    void on(String event);
  }

  /** An element of what {@code all()} returns: for functions that the Worker runs. */
  interface Order {
    @RpcProperty
    RpcPromise<Integer> id();

    RpcPromise<Integer> total();
  }

  /** Data. */
  record Receipt(int id, List<String> items) {}
}
