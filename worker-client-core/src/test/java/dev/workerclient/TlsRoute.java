package dev.workerclient;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Servers with TLS on loopback, and a client that trusts them and counts its connections. */
final class TlsRoute {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("*.example.test")
          .build();

  private static final HandshakeCertificates SERVER =
      new HandshakeCertificates.Builder().heldCertificate(CERTIFICATE).build();

  private static final HandshakeCertificates CLIENT =
      new HandshakeCertificates.Builder().addTrustedCertificate(CERTIFICATE.certificate()).build();

  private TlsRoute() {}

  /** Speaks HTTP/2, or HTTP/1.1 alone. */
  static TestRoute start(boolean http2) {
    return start(http2, "localhost", 0);
  }

  /** The same at that address; 0 for any port. */
  static TestRoute start(boolean http2, String host, int port) {
    TestRoute route = new TestRoute(host, port);
    route.server().useHttps(SERVER.sslSocketFactory());
    route
        .server()
        .setProtocols(
            http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1));
    return route;
  }

  static String url(TestRoute route) {
    return "https://localhost:" + route.server().getPort();
  }

  /** Trusts the servers. */
  static OkHttpClient.Builder client() {
    return new OkHttpClient.Builder()
        .sslSocketFactory(CLIENT.sslSocketFactory(), CLIENT.trustManager());
  }

  /** Trusts them, and counts the connections that are begun. */
  static OkHttpClient client(AtomicInteger connections) {
    return client()
        .eventListener(
            new EventListener() {
              @Override
              public void connectStart(okhttp3.Call call, InetSocketAddress address, Proxy proxy) {
                connections.incrementAndGet();
              }
            })
        .build();
  }
}
