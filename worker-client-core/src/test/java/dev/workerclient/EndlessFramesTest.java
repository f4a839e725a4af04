package dev.workerclient;

import static dev.workerclient.RawHttp2.DATA;
import static dev.workerclient.RawHttp2.END_HEADERS;
import static dev.workerclient.RawHttp2.END_STREAM;
import static dev.workerclient.RawHttp2.HEADERS;
import static dev.workerclient.RawHttp2.PING;
import static dev.workerclient.RawHttp2.SETTINGS;
import static dev.workerclient.RawHttp2.STATUS_200;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an HTTP/2 server sends without content is bounded; inputs are finite, and a little over the
 * bound.
 */
@Timeout(60)
class EndlessFramesTest {
  private static final int MIB = 1 << 20;
  private static final int STREAM = 1;
  private static final int UNKNOWN = 0xfa;

  /** A frame that is repeated without end, before or after the head of the answer. */
  private record Form(
      String name, boolean head, int mebibytes, int type, int flags, int stream, String payload) {
    void send(RawHttp2.Connection connection) throws IOException {
      if (head) {
        connection.write(HEADERS, END_HEADERS, STREAM, STATUS_200);
      }
      byte[] bytes = payload.getBytes(ISO_8859_1);
      connection.repeat((long) mebibytes * MIB, type, flags, stream, bytes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Form> forms() {
    String interim = "\u0008\u0003103"; // A literal :status, not indexed.
    return Stream.of(
        new Form("PING", false, 1, PING, 0, 0, "12345678"),
        new Form("SETTINGS", false, 1, SETTINGS, 0, 0, ""),
        new Form("interim responses", false, 1, HEADERS, END_HEADERS, 1, interim),
        new Form("frames of an unknown type", false, 1, UNKNOWN, 0, 0, "grease"),
        new Form("PING beside a body", true, 1, PING, 0, 0, "12345678"),
        new Form("empty DATA", true, 1, DATA, 0, 1, ""));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void endATypedFailureAndTheConnection(Form form) {
    AtomicInteger requests = new AtomicInteger();
    try (RawHttp2 server = new RawHttp2(answering(requests, form));
        WorkerClient client = client(server)) {
      WorkerConnectionException failure =
          catchThrowableOfType(
              WorkerConnectionException.class, () -> client.service("ORDERS").get("/").execute());

      assertThat(failure).hasMessageContaining("more than 524288 bytes of framing");
      assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(requests).hasValue(1);
      server.awaitNoConnections();
    }
  }

  private static RawHttp2.Handlers answering(AtomicInteger requests, Form form) {
    return RawHttp2.answering(
        (connection, stream) -> {
          requests.incrementAndGet();
          form.send(connection);
        });
  }

  private static WorkerClient client(RawHttp2 server) {
    OkHttpClient http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    return client("http://127.0.0.1:" + server.port(), http2);
  }

  private static WorkerClient client(String url, OkHttpClient okHttpClient) {
    return WorkerClient.builder()
        .okHttpClient(okHttpClient)
        .callTimeout(Duration.ofSeconds(30))
        .attemptTimeout(Duration.ofSeconds(30))
        .service("ORDERS", service -> service.customDomain(url))
        .build();
  }

  @Test
  void endAConnectionOnWhichNoCallIs() {
    try (RawHttp2 server =
            new RawHttp2(
                RawHttp2.answering(
                    (connection, stream) -> {
                      answer(connection, stream);
                      connection.repeat(MIB, PING, 0, 0, new byte[8]);
                    }));
        WorkerClient client = client(server)) {
      assertThat(client.service("ORDERS").get("/").execute().status()).isEqualTo(200);
      server.awaitNoConnections();
      assertThat(client.service("ORDERS").get("/").execute().status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void answer(RawHttp2.Connection connection, int stream) throws IOException {
    connection.write(HEADERS, END_HEADERS | END_STREAM, stream, STATUS_200);
  }

  @Test
  void areSeenUnderTls() throws IOException {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates ours =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    OkHttpClient http2 =
        new OkHttpClient.Builder()
            .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
            .build();
    Form ping = forms().toList().get(0);
    try (RawHttp2 server = new RawHttp2(http2Socket(ours), answering(new AtomicInteger(), ping));
        WorkerClient client = client("https://localhost:" + server.port(), http2)) {
      WorkerConnectionException failure =
          catchThrowableOfType(
              WorkerConnectionException.class, () -> client.service("ORDERS").get("/").execute());

      assertThat(failure).hasMessageContaining("more than 524288 bytes of framing");
      server.awaitNoConnections();
    }
  }

  @Test
  void ofABodyMayArriveWhileAnInterceptorHoldsTheResponse() {
    CountDownLatch written = new CountDownLatch(1);
    OkHttpClient holding =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .addInterceptor(
                chain -> {
                  okhttp3.Response response = chain.proceed(chain.request());
                  await(written);
                  return response;
                })
            .build();
    try (RawHttp2 server =
            new RawHttp2(
                RawHttp2.answering(
                    (connection, stream) -> {
                      connection.write(HEADERS, END_HEADERS, stream, STATUS_200);
                      connection.repeat(14 * MIB, DATA, 0, stream, new byte[16_000]);
                      connection.write(DATA, END_STREAM, stream, new byte[0]);
                      written.countDown();
                    }));
        WorkerClient client = client("http://127.0.0.1:" + server.port(), holding)) {
      assertThat(client.service("ORDERS").get("/").execute().bytes())
          .hasSizeGreaterThanOrEqualTo(14 * MIB / 16_009 * 16_000);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static SSLServerSocket http2Socket(HandshakeCertificates certificates)
      throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            certificates
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void mayBeManyOverManyCalls() {
    try (RawHttp2 server =
            new RawHttp2(
                RawHttp2.answering(
                    (connection, stream) -> {
                      connection.repeat(MIB / 3, UNKNOWN, 0, 0, new byte[8]);
                      answer(connection, stream);
                    }));
        WorkerClient client = client(server)) {
      for (int i = 0; i < 4; i++) {
        assertThat(client.service("ORDERS").get("/").execute().status()).isEqualTo(200);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void ofABodyThatIsNotReadYetMayFillTheWindow() throws IOException, InterruptedException {
    int frames = 15 * MIB / 20;
    CountDownLatch written = new CountDownLatch(1);
    try (RawHttp2 server =
            new RawHttp2(
                RawHttp2.answering(
                    (connection, stream) -> {
                      connection.write(HEADERS, END_HEADERS, stream, STATUS_200);
                      connection.repeat(frames * 29L, DATA, 0, stream, new byte[20]);
                      connection.write(DATA, END_STREAM, stream, new byte[0]);
                      written.countDown();
                    }));
        WorkerClient client = client(server);
        StreamingResponse response = client.service("ORDERS").get("/").executeStreaming()) {
      written.await();

      assertThat(response.stream().readAllBytes()).hasSizeGreaterThanOrEqualTo(frames * 20);
    }
  }
}
