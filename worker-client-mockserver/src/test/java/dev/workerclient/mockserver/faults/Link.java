package dev.workerclient.mockserver.faults;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client's connection and the one to the server that carries it on. Thread-safe. */
public final class Link implements Closeable {
  private final Socket client;
  private final Socket server;
  private volatile boolean serverEnded;
  private volatile Exchange current = new Exchange("", Faults.NONE);

  private Link(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  /** Connects to the server; closes the client's connection where that fails. */
  static Link of(Socket client, int serverPort) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      return new Link(client, server);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  Exchange current() {
    return current;
  }

  void begin(Exchange exchange) {
    current = exchange;
    if (serverEnded) {
      exchange.serverEnded();
    }
  }

  /** Notes that the server ended its connection, unless that is closed here already. */
  void serverEnded() {
    if (!server.isClosed()) {
      serverEnded = true;
      current.serverEnded();
    }
  }

  /** Whether the server ended the connection, and nobody before it. */
  boolean isEndedByServer() {
    return serverEnded;
  }

  Socket client() {
    return client;
  }

  Socket server() {
    return server;
  }

  /** Notes that the fault does now what it is there for; called before anybody can notice it. */
  void strike() {
    current.strike();
  }

  void toServer(Piece piece) throws IOException {
    try {
      piece.writeTo(server.getOutputStream());
    } catch (IOException e) {
      serverEnded();
      throw e;
    }
  }

  void toClient(Piece piece) throws IOException {
    piece.writeTo(client.getOutputStream());
  }

  /** Tells the client that no more will come, and goes on listening to it. */
  void halfClose() throws IOException {
    if (!client.isOutputShutdown()) {
      client.shutdownOutput();
    }
  }

  /** Ends the client's connection as a crash does: what is under way to it may be lost. */
  void reset() throws IOException {
    client.setSoLinger(true, 0);
    close();
  }

  /** Ends both connections in order; may be called more than once. */
  @Override
  public void close() throws IOException {
    try (client) {
      server.close();
    }
  }
}
