package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;

/** The HTTP server on loopback: asks the front desk, and puts its reply on the wire. */
final class MockServer extends Dispatcher {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final MockWebServer server = new MockWebServer();
  private final FrontDesk desk;
  private final WatchedSockets sockets;
  private final Hold hold = new Hold();

  private MockServer(FrontDesk desk) {
    this.desk = desk;
    this.sockets = new WatchedSockets(desk::leavesUnread);
  }

  static MockServer start(FrontDesk desk) {
    MockServer started = new MockServer(desk);
    started.server.setServerSocketFactory(started.sockets);
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
    while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
      // MockWebServer would keep them all, also those that broke and are not dispatched.
    }
    Hold.Waiter waiter = hold.waiter();
    Reply reply = desk.receive(request);
    if (!reply.delay().isZero() && waiter.await(reply.delay())) {
      return drop();
    }
    return switch (reply.ending()) {
      case ANSWERED -> answer(reply, request.getMethod(), waiter);
      case UPGRADED -> upgrade(reply, Objects.requireNonNull(reply.session()), request);
      case DROPPED -> drop();
      case HELD -> {
        waiter.await(Hold.Waiter.FOREVER);
        yield drop();
      }
    };
  }

  /** Ends the exchanges that hang or wait. */
  void releaseHeld() {
    hold.release();
  }

  /** Stops the server; MockWebServer then closes this dispatcher. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    hold.end(); // A request that is being read meanwhile must not wait for a release.
  }

  private static MockResponse drop() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private MockResponse upgrade(
      Reply reply, MockSession session, mockwebserver3.RecordedRequest request) {
    String key = request.getHeaders().get(WatchedSockets.KEY);
    return new MockResponse.Builder()
        .headers(reply.headers())
        .webSocketUpgrade(session.cutBy(() -> sockets.cut(key)))
        .build();
  }

  private static MockResponse answer(Reply reply, String method, Hold.Waiter waiter) {
    MockResponse.Builder response =
        new MockResponse.Builder().code(reply.status()).headers(reply.headers());
    if (reply.status() == 204 || reply.status() == 304) {
      return response.build();
    }
    if (method.equals("HEAD")) {
      return response.setHeader("Content-Length", reply.body().size()).build();
    }
    if (reply.body().size() > reply.pace().most()) {
      response.onResponseEnd(new SocketEffect.CloseSocket());
    }
    return response.body(new PacedBody(reply.body(), reply.pace(), waiter)).build();
  }
}
