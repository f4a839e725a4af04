package dev.workerclient;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A server on loopback that gives one scripted answer and keeps every request that it read. */
final class TestRoute implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Script script =
      request -> new MockResponse.Builder().code(599).body("unscripted").build();

  private volatile MockResponse fixed = new MockResponse.Builder().build();

  /** What the server does with a request. */
  @FunctionalInterface
  interface Script {
    MockResponse answer(RecordedRequest request);
  }

  TestRoute() {
    this("localhost", 0);
  }

  /** Starts it at that address; 0 for any port. */
  TestRoute(String host, int port) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            return script.answer(request);
          }

          @Override
          public MockResponse peek() {
            return fixed; // Where the server looks for what to do with an HTTP/2 stream.
          }
        });
    server.setServerSocketFactory(new PromptSockets());
    try {
      server.start(InetAddress.getByName(host), port);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The requests that were read, in order: what would have run at a target. */
  List<RecordedRequest> requests() {
    return requests;
  }

  MockWebServer server() {
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  TestRoute answers(MockResponse response) {
    fixed = response;
    script = request -> response;
    return this;
  }

  TestRoute answers(Script answer) {
    fixed = new MockResponse.Builder().build();
    script = answer;
    return this;
  }

  @Override
  public void close() {
    server.close();
  }

  /** An answer of the target through the binding proxy. */
  static MockResponse answered(int status, String body) {
    return plain(status, body)
        .newBuilder()
        .addHeader("Binding-Proxy-Outcome", "target-answered")
        .build();
  }

  /** A response without any mark. */
  static MockResponse plain(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  /** A refusal or failure of the binding proxy. */
  static MockResponse problem(int status, String outcome, String code) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/problem+json")
        .addHeader("Binding-Proxy-Outcome", outcome)
        .addHeader("Binding-Proxy-Error", code)
        .body("{\"title\":\"t\",\"detail\":\"what the proxy says\",\"code\":\"" + code + "\"}")
        .build();
  }

  static MockResponse bindingMissing() {
    return problem(404, "not-dispatched", "BINDING_MISSING");
  }

  static MockResponse dispatchMismatch() {
    return problem(500, "dispatch-threw", "TARGET_RETURNED_NO_RESPONSE");
  }

  static MockResponse error1042() {
    return new MockResponse.Builder()
        .code(404)
        .addHeader("Content-Type", "text/plain; charset=UTF-8")
        .addHeader("Server", "cloudflare")
        .addHeader("cf-ray", "8f1c2d3e4f5a6b7c-FRA")
        .body("error code: 1042")
        .build();
  }

  /** Reads the whole request, then drops the connection. */
  static MockResponse dropped() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  /** Sends half of the body, and then nothing. */
  static MockResponse stalled(MockResponse answer) {
    return answer.newBuilder().onResponseBody(SocketEffect.Stall.INSTANCE).build();
  }

  /** Reads the whole request and never answers. */
  static MockResponse hanging() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }
}
