package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.gzipHead;
import static dev.workerclient.RawReplies.gzipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.WorkerConnectionException;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gzip and framing over each kind of connection. */
@Timeout(60)
class GzipResponseTest {
  private static final int OVER = 1 << 20;

  private enum Wire {
    HTTP_1,
    HTTPS_1,
    HTTP_2,
    HTTPS_2
  }

  private static Stream<Arguments> wiresAndWays() {
    return Stream.of(Wire.values())
        .flatMap(wire -> Stream.of(Way.values()).map(way -> Arguments.of(wire, way)));
  }

  private static Ending call(Wire wire, Way way, MockResponse response) {
    boolean tls = wire == Wire.HTTPS_1 || wire == Wire.HTTPS_2;
    List<Protocol> protocols =
        switch (wire) {
          case HTTP_1, HTTPS_1 -> List.of(Protocol.HTTP_1_1);
          case HTTP_2 -> List.of(Protocol.H2_PRIOR_KNOWLEDGE);
          case HTTPS_2 -> List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
        };
    HeldCertificate held =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    HandshakeCertificates server =
        new HandshakeCertificates.Builder().heldCertificate(held).build();
    HandshakeCertificates trusting =
        new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build();
    OkHttpClient.Builder okHttp = new OkHttpClient.Builder().protocols(protocols);
    if (tls) {
      okHttp.sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager());
    }
    try (TestRoute route = new TestRoute()) {
      route.server().setProtocols(protocols);
      String url = route.url();
      if (tls) {
        route.server().useHttps(server.sslSocketFactory());
        url = url.replace("http:", "https:");
      }
      route.answers(response);
      try (WorkerClient client = HostileFleet.client(url, okHttp.build())) {
        Ending ending = HostileFleet.end(client.service(DOMAIN).post("/"), way);
        assertThat(route.requests()).hasSize(1);
        return ending;
      }
    }
  }

  private static MockResponse gzip(Buffer body) {
    return new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(body).build();
  }

  @ParameterizedTest
  @MethodSource("wiresAndWays")
  void aBodyOfSeveralMembersIsWhole(Wire wire, Way way) {
    Buffer members = new Buffer().write(gzipped("one, ")).write(gzipped("")).write(gzipped("two"));

    Ending ending = call(wire, way, gzip(members));
    assertThat(ending.isWholeAnswer()).isTrue();
    assertThat(ending.body().utf8()).isEqualTo("one, two");
  }

  @ParameterizedTest
  @MethodSource("wiresAndWays")
  void aGzipNameWithoutEndIsATypedFailure(Wire wire, Way way) {
    Buffer endless = new Buffer().write(bytes(gzipHead(8))).writeUtf8("a".repeat(OVER));

    assertThat(call(wire, way, gzip(endless)).failed())
        .isInstanceOf(WorkerConnectionException.class)
        .hasMessageContaining("more than 524288 bytes of framing");
  }

  @ParameterizedTest
  @MethodSource("wiresAndWays")
  void whatFollowsTheLastMemberIsAnError(Wire wire, Way way) {
    Buffer garbage = new Buffer().write(gzipped("one")).writeUtf8("garbage");

    assertThat(call(wire, way, gzip(garbage)).failed())
        .isInstanceOf(WorkerConnectionException.class);
  }

  @ParameterizedTest
  @MethodSource("wiresAndWays")
  void aChunkExtensionWithoutEndIsATypedFailure(Wire wire, Way way) {
    MockResponse response =
        new MockResponse.Builder()
            .body(new Buffer().writeUtf8("1;" + "a".repeat(OVER)))
            .removeHeader("Content-Length")
            .addHeader("Transfer-Encoding", "chunked")
            .build();

    if (wire == Wire.HTTP_1 || wire == Wire.HTTPS_1) {
      assertThat(call(wire, way, response).failed())
          .isInstanceOf(WorkerConnectionException.class)
          .hasMessageContaining("more than 524288 bytes of framing");
    }
  }
}
