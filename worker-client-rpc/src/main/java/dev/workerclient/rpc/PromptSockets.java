package dev.workerclient.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * The sockets of another factory, which send small messages at once. OkHttp leaves Nagle's
 * algorithm on: a pull then waits for the acknowledgement of its push, which a peer delays (44 ms a
 * call, measured on Linux).
 */
final class PromptSockets extends SocketFactory {
  private final SocketFactory base;

  PromptSockets(SocketFactory base) {
    this.base = base;
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(base.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(base.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return prompt(base.createSocket(host, port, localAddress, localPort));
  }
}
