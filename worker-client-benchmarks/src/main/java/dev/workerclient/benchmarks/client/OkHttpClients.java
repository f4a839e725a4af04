package dev.workerclient.benchmarks.client;

import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** OkHttp with limits that hold nobody up; by default it keeps 5 connections, and runs 5 calls. */
public final class OkHttpClients {
  private static final int MOST = 5_000;

  private OkHttpClients() {}

  /** A client of its own. */
  public static OkHttpClient create() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MOST);
    dispatcher.setMaxRequestsPerHost(MOST);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(MOST, 60, TimeUnit.SECONDS))
        .build();
  }

  /** Closes what it holds. */
  public static void close(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
