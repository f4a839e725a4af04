package dev.workerclient.rpc;

import dev.workerclient.internal.classify.Provenance;
import dev.workerclient.internal.classify.ProxyProtocol;
import dev.workerclient.internal.http.Transport;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * What OkHttp tells of one WebSocket: how it opens, then each text message, which the reader's
 * thread hands to the session; binary ones are ignored.
 */
final class SessionListener extends WebSocketListener {
  /** The most that a refused upgrade's body is looked at, as of any response. */
  private static final long LONGEST_ANSWER = 512 * 1024;

  private final Provenance provenance;
  private final long maxMessageBytes;
  private final CompletableFuture<SessionSocket.Receiver> receiver = new CompletableFuture<>();

  /** A 101 with the WebSocket open, or another response with the start of its body in memory. */
  final CompletableFuture<Response> opening = new CompletableFuture<>();

  SessionListener(Provenance provenance, long maxMessageBytes) {
    this.provenance = provenance;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Hands all messages, from the first on, to that receiver. */
  void receive(SessionSocket.Receiver by) {
    receiver.complete(by);
  }

  /** Drops what may still come. */
  void ignore() {
    receiver.complete(new Nobody());
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    String outcome = response.header(ProxyProtocol.OUTCOME);
    if (provenance.proxy() && !ProxyProtocol.TARGET_ANSWERED.equals(outcome)) {
      ignore();
      webSocket.cancel();
      // Classified as any response that is not the proxy's; there is no session.
      opening.complete(response.newBuilder().code(200).body(ResponseBody.create("", null)).build());
      return;
    }
    Transport.boundMessage(maxMessageBytes);
    opening.complete(response);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    receiver.join().received(text);
    Transport.boundMessage(maxMessageBytes);
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(code == 1005 || code == 1006 || code == 1015 ? 1000 : code, null);
    receiver.join().ended("the Worker closed the session, code " + code + ", " + reason, null);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
    if (opening.isDone()) {
      receiver.join().ended("the connection broke", e);
    } else if (response != null && response.code() != 101) {
      try {
        opening.complete(response.newBuilder().body(response.peekBody(LONGEST_ANSWER)).build());
      } catch (IOException broken) {
        opening.completeExceptionally(broken);
      }
    } else {
      opening.completeExceptionally(e);
    }
  }

  /** Takes what still comes by a WebSocket that is not wanted. */
  private record Nobody() implements SessionSocket.Receiver {
    @Override
    public void received(String message) {
      // Not wanted.
    }

    @Override
    public void ended(String how, @Nullable Throwable cause) {
      // As it should.
    }
  }
}
