package dev.workerclient.mockserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as a plain socket sees it. */
@Timeout(20)
class FaultyTcpProxyTest {
  private static final String REQUEST = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";

  private CannedServer server;

  FaultyTcpProxyTest() throws IOException {
    server = new CannedServer(SIZED);
  }

  @AfterEach
  void noThreadIsLeft() throws Exception {
    server.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  void withoutAFaultExchangesPassOneAfterTheOtherOnOneConnection() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> Faults.NONE);
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(proxy.accepted()).isEqualTo(1);
      assertThat(proxy.open()).isEqualTo(1);
      assertThat(proxy.exchanges())
          .hasSize(2)
          .allMatch(Exchange::isSound)
          .extracting(Exchange::requestLine)
          .containsOnly("GET /a HTTP/1.1");
    }
    assertThat(server.received).containsExactly(REQUEST, REQUEST);
  }

  @Test
  void aRequestThatComesInPiecesIsOneExchangeWithItsWholeFirstLine() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> Faults.NONE);
        Socket client = connect(proxy)) {
      for (String piece : List.of("GE", "T /a HTTP/1.", "1\r", "\nHost: x\r\n", "\r\n")) {
        send(client, piece);
      }
      assertThat(receive(client, SIZED.length())).isEqualTo(SIZED);
      assertThat(proxy.exchanges())
          .extracting(Exchange::requestLine)
          .containsExactly("GET /a HTTP/1.1");
    }
  }

  @Test
  void aDelayLetsTheExchangePassLate() throws Exception {
    Duration each = Duration.ofMillis(40);
    try (FaultyTcpProxy proxy = proxy(() -> new Faults.Delay(each, each));
        Socket client = connect(proxy)) {
      long start = System.nanoTime();
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(each.toNanos() * 2);
      assertThat(proxy.exchanges()).allMatch(e -> e.isStruck() && e.isSound());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void aCutOfTheRequestGivesTheServerItsStartAndTheClientTheEnd(int at) throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> new Faults.CutRequest(at));
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEmpty();
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    if (at > 0) {
      assertThat(server.received.poll(5, TimeUnit.SECONDS)).isEqualTo(REQUEST.substring(0, at));
    }
    assertThat(server.received).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 42})
  void aCutOfTheResponseGivesTheClientItsStartAndThenTheEnd(int at) throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> new Faults.CutResponse(at));
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED.substring(0, at));
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    assertThat(server.received).containsExactly(REQUEST);
  }

  @Test
  void aCutAtAByteThatTheExchangeDoesNotHaveDoesNothing() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> new Faults.CutResponse(SIZED.length()));
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(proxy.exchanges()).hasSize(2).allMatch(Exchange::isSound);
    }
  }

  @Test
  void aResetOfTheRequestIsAnErrorToTheClientAndNothingToTheServer() throws Exception {
    try (FaultyTcpProxy proxy = proxy(Faults.ResetRequest::new);
        Socket client = connect(proxy)) {
      assertThatThrownBy(() -> exchange(client)).isInstanceOf(SocketException.class);
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    assertThat(server.received).isEmpty();
  }

  @Test
  void aResetOfTheResponseIsAnErrorToTheClientOfARequestThatRan() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> new Faults.ResetResponse(10));
        Socket client = connect(proxy)) {
      assertThatThrownBy(() -> exchange(client)).isInstanceOf(SocketException.class);
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    assertThat(server.received).containsExactly(REQUEST);
  }

  @Test
  void aBlackholeTakesTheRequestAndSaysNothing() throws Exception {
    try (FaultyTcpProxy proxy = proxy(Faults.Blackhole::new);
        Socket client = connect(proxy)) {
      client.setSoTimeout(200);
      assertThatThrownBy(() -> exchange(client)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.open()).isEqualTo(1);
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    assertThat(server.received).isEmpty();
  }

  @Test
  void aSwallowedResponseIsOfARequestThatRan() throws Exception {
    try (FaultyTcpProxy proxy = proxy(Faults.SwallowResponse::new);
        Socket client = connect(proxy)) {
      client.setSoTimeout(200);
      assertThatThrownBy(() -> exchange(client)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
    assertThat(server.received).containsExactly(REQUEST);
  }

  @Test
  void aHalfCloseEndsTheWayToTheClientAndListensOn() throws Exception {
    try (FaultyTcpProxy proxy = proxy(Faults.HalfClose::new);
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEmpty();
      assertThat(server.received.poll(5, TimeUnit.SECONDS)).isEqualTo(REQUEST);
      send(client, REQUEST);
      assertThat(server.received.poll(5, TimeUnit.SECONDS)).isEqualTo(REQUEST);
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
  }

  @Test
  void aCorruptedChunkHasNoSize() throws Exception {
    server.close();
    server = new CannedServer(CHUNKED);
    try (FaultyTcpProxy proxy = proxy(CorruptChunk::new);
        Socket client = connect(proxy)) {
      send(client, REQUEST);
      assertThat(receive(client, CHUNKED.length()))
          .isEqualTo(CHUNKED.replace("\r\n5\r\n", "\r\nZ\r\n"));
      assertThat(proxy.exchanges()).noneMatch(Exchange::isSound);
    }
  }

  @Test
  void whatIsNotChunkedHasNoChunkToCorrupt() throws Exception {
    try (FaultyTcpProxy proxy = proxy(CorruptChunk::new);
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(proxy.exchanges()).allMatch(Exchange::isSound);
    }
  }

  @Test
  void closeEndsConnectionsThatAFaultHoldsOpen() throws Exception {
    FaultyTcpProxy proxy = proxy(() -> new Faults.Delay(Duration.ofHours(1), Duration.ZERO));
    try (Socket held = connect(proxy)) {
      send(held, REQUEST);
      while (proxy.exchanges().isEmpty()) {
        Thread.onSpinWait();
      }
      proxy.close();
      assertThat(proxy.open()).isZero();
      assertThat(held.getInputStream().read()).isEqualTo(-1);
      proxy.close();
    }
  }

  @Test
  void aServerThatEndsItsConnectionIsToldFromAFault() throws Exception {
    server.close();
    server = new CannedServer("");
    try (FaultyTcpProxy proxy = proxy(() -> Faults.NONE);
        Socket client = connect(proxy)) {
      send(client, REQUEST);
      assertThat(server.received.poll(5, TimeUnit.SECONDS)).isEqualTo(REQUEST);
      server.endConnections();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.exchanges())
          .singleElement()
          .matches(Exchange::isEndedByServer)
          .matches(Exchange::isSound);
    }
  }

  @Test
  void aClientThatEndsItsConnectionIsNoEndByTheServer() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> Faults.NONE)) {
      try (Socket client = connect(proxy)) {
        assertThat(exchange(client)).isEqualTo(SIZED);
      }
      while (proxy.open() > 0) {
        Thread.onSpinWait();
      }
      assertThat(proxy.exchanges()).noneMatch(Exchange::isEndedByServer);
      assertThat(proxy.endedByServer()).isEmpty();
    }
  }

  @Test
  void aConnectionThatIsIdleForTooLongIsEndedAsByTheServer() throws Exception {
    try (FaultyTcpProxy proxy = proxy(() -> Faults.NONE, Duration.ofMillis(50));
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      while (proxy.open() > 0) {
        Thread.onSpinWait();
      }
      assertThat(proxy.endedByServer()).hasSize(1);
      assertThat(proxy.exchanges())
          .singleElement()
          .matches(Exchange::isEndedByServer)
          .matches(Exchange::isSound);
    }
  }

  @Test
  void aConnectionOnWhichAnAnswerIsDueIsNotIdle() throws Exception {
    Fault slow = new Faults.Delay(Duration.ofMillis(50), Duration.ofMillis(50));
    try (FaultyTcpProxy proxy = proxy(() -> slow, Duration.ofMillis(1));
        Socket client = connect(proxy)) {
      assertThat(exchange(client)).isEqualTo(SIZED);
    }
  }

  @Test
  void aServerThatIsGoneEndsTheClientsConnection() throws Exception {
    try (DeadPort gone = new DeadPort();
        FaultyTcpProxy proxy = FaultyTcpProxy.to(gone.port(), requestLine -> Faults.NONE);
        Socket client = connect(proxy)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private FaultyTcpProxy proxy(Supplier<Fault> fault) {
    return FaultyTcpProxy.to(server.port(), requestLine -> fault.get());
  }

  private FaultyTcpProxy proxy(Supplier<Fault> fault, Duration idleTime) {
    return FaultyTcpProxy.to(server.port(), requestLine -> fault.get(), () -> idleTime);
  }

  private static Socket connect(FaultyTcpProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends the request and reads what a sized answer has, or what there is of it. */
  private static String exchange(Socket client) throws IOException {
    send(client, REQUEST);
    return receive(client, SIZED.length());
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String receive(Socket client, int length) throws IOException {
    InputStream in = client.getInputStream();
    return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Those that don't end in a second: an executor's threads outlive its termination a little. */
  private static List<Thread> threads() throws InterruptedException {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("faulty-tcp-proxy"))
            .toList();
    for (Thread thread : threads) {
      thread.join(1000);
    }
    return threads.stream().filter(Thread::isAlive).toList();
  }
}
