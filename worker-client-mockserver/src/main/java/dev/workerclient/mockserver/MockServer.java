package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/** The HTTP server on loopback: asks the front desk, and puts its reply on the wire. */
final class MockServer extends Dispatcher {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final MockWebServer server = new MockWebServer();
  private final FrontDesk desk;
  private volatile CountDownLatch release = new CountDownLatch(1);

  private MockServer(FrontDesk desk) {
    this.desk = desk;
  }

  static MockServer start(FrontDesk desk) {
    MockServer started = new MockServer(desk);
    started.server.setServerSocketFactory(new PromptSockets());
    started.server.setDispatcher(started);
    try {
      started.server.start(InetAddress.getByAddress(LOOPBACK), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("MockWorkers could not listen on loopback", e);
    }
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public MockResponse dispatch(mockwebserver3.RecordedRequest request) throws InterruptedException {
    CountDownLatch held = release;
    Reply reply = desk.receive(request);
    return switch (reply.ending()) {
      case ANSWERED -> answer(reply, request.getMethod());
      case DROPPED -> drop();
      case HELD -> {
        held.await();
        yield drop();
      }
    };
  }

  /** Ends the exchanges that hang. */
  void releaseHeld() {
    CountDownLatch held = release;
    release = new CountDownLatch(1);
    held.countDown();
  }

  /** Stops the server; MockWebServer then closes this dispatcher. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    releaseHeld();
  }

  private static MockResponse drop() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private static MockResponse answer(Reply reply, String method) {
    MockResponse.Builder response =
        new MockResponse.Builder().code(reply.status()).headers(reply.headers());
    if (reply.status() == 204 || reply.status() == 304) {
      return response.build();
    }
    return method.equals("HEAD")
        ? response.setHeader("Content-Length", reply.body().size()).build()
        : response.body(new Buffer().write(reply.body())).build();
  }
}
