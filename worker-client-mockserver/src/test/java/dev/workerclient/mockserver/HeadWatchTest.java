package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadWatchTest {
  private final HeadWatch watch = new HeadWatch();

  @Test
  void aHeadThatComesInPiecesIsToldWithItsLast() {
    assertThat(received("POST /a?b=c HT")).isNull();
    assertThat(received("TP/1.1\r\nX-One: 1\r\nX-Two:2\r\n\r")).isNull();
    RequestHead head = received("\nbody");
    assertThat(head).isNotNull();
    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.target()).isEqualTo("/a?b=c");
    assertThat(head.headers().get("x-one")).isEqualTo("1");
    assertThat(head.headers().get("x-two")).isEqualTo("2");
  }

  @Test
  void whatABodySaysIsNoHead() {
    assertThat(received("POST /a HTTP/1.1\r\nContent-Length: 99\r\n\r\n")).isNotNull();
    assertThat(received("GET /b HTTP/1.1\r\n\r\n")).isNull();
  }

  @Test
  void theNextHeadBeginsAfterTheAnswer() {
    assertThat(received("GET /a HTTP/1.1\r\n\r\n")).isNotNull();
    answering("HTTP/1.1 200 OK\r\n");
    answering("HTTP/1.1 200 OK\r\n");
    assertThat(received("GET /b HT")).isNull();
    RequestHead head = received("TP/1.1\r\n\r\n");
    assertThat(head).isNotNull();
    assertThat(head.target()).isEqualTo("/b");
  }

  @Test
  void whatIsNoHttpIsNoHead() {
    assertThat(received("hello\r\n\r\n")).isNull();
    answering("HTTP/1.1 200 OK\r\n");
    assertThat(received("\r\n\r\n")).isNull();
    answering("HTTP/1.1 200 OK\r\n");
    assertThat(received("GET / HTTP/1.1\r\nno header: x\r\n\r\n")).isNull();
    assertThat(watch.received(new byte[0], 0, -1)).isNull();
  }

  @Test
  void aHeadWithoutEndIsNotKept() {
    String flood = "x".repeat(100_000);
    for (int i = 0; i < 3; i++) {
      assertThat(received(flood)).isNull();
    }
    assertThat(received("\r\n\r\n")).isNull();
  }

  @Test
  void whatAWebSocketBringsIsNoHead() {
    assertThat(received("GET /a HTTP/1.1\r\n\r\n")).isNotNull();
    answering("HTTP/1.1 101 Switching Protocols\r\n");
    answering("a frame");
    assertThat(received("GET /b HTTP/1.1\r\n\r\n")).isNull();
  }

  private void answering(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    watch.answering(bytes, 0, bytes.length);
  }

  private @Nullable RequestHead received(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return watch.received(bytes, 0, bytes.length);
  }
}
