package dev.workerclient;

import static dev.workerclient.DiagnoseTest.assertStopsAt;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.health.Check;
import dev.workerclient.health.RouteDiagnosis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** At which step a diagnosis stops where no connection comes about, and what it sees of one. */
@Timeout(60)
class DiagnoseConnectionTest {
  private static final Duration ENOUGH = Duration.ofSeconds(20);
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder()
          .commonName("api-mom")
          .addSubjectAlternativeName("api.test")
          .build();

  @RegisterExtension final TestFleet fleet = new TestFleet();

  @Test
  void aNameThatDoesNotResolve() {
    Dns nowhere =
        host -> {
          throw new UnknownHostException(host);
        };

    assertStopsAt(diagnose("https://api.test", client(nowhere)), Check.RESOLVES);
  }

  @Test
  void aServerThatRefuses() throws IOException {
    try (Socket bound = new Socket()) { // Bound, and not listening.
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      assertStopsAt(diagnose("http://127.0.0.1:" + bound.getLocalPort(), null), Check.CONNECTS);
    }
  }

  @Test
  void aServerWhoseHandshakeDoesNotEndInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "https://127.0.0.1:" + silent.getLocalPort();
      assertStopsAt(diagnose(url, null, Duration.ofMillis(500)), Check.TLS);
    }
  }

  @Test
  void aCertificateThatNobodyTrusts() {
    fleet.domain().server().useHttps(serverCertificate());
    fleet.domain().answers(plain(200, "{}"));

    RouteDiagnosis route =
        diagnose(
            "https://api.test:" + fleet.domain().server().getPort(),
            client(host -> List.of(InetAddress.getLoopbackAddress())));

    assertStopsAt(route, Check.TLS);
  }

  @Test
  void whatWasSeenOfAConnectionThatCameAbout() {
    fleet.domain().server().useHttps(serverCertificate());
    fleet.domain().answers(plain(200, "{}"));
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(CERTIFICATE.certificate())
            .build();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
            .build();

    RouteDiagnosis route =
        diagnose("https://api.test:" + fleet.domain().server().getPort(), client);

    assertThat(route.failure()).isEmpty();
    assertThat(seen(route, Check.CONFIGURED)).contains("api.test").contains("a bearer token");
    assertThat(seen(route, Check.RESOLVES)).isEqualTo("api.test is 127.0.0.1");
    assertThat(seen(route, Check.CONNECTS)).startsWith("127.0.0.1, port ");
    assertThat(seen(route, Check.TLS)).startsWith("TLSv1.3, certificate of CN=api-mom until ");
    assertThat(route.toString()).doesNotContain("secret");
  }

  @Test
  void aCredentialThatCannotBeRead() {
    RouteDiagnosis route =
        fleet
            .service(
                WorkerClient.builder()
                    .service(
                        "APIMOM",
                        own ->
                            own.customDomain(
                                fleet.domain().url(),
                                domain ->
                                    domain.bearerToken(
                                        () -> {
                                          throw new IllegalStateException("secret");
                                        }))))
            .diagnose()
            .route("custom-domain");

    assertStopsAt(route, Check.CONFIGURED);
    assertThat(route.toString()).doesNotContain("secret");
    assertThat(fleet.domain().requests()).isEmpty();
  }

  private RouteDiagnosis diagnose(String origin, @Nullable OkHttpClient client) {
    return diagnose(origin, client, ENOUGH);
  }

  private RouteDiagnosis diagnose(String origin, @Nullable OkHttpClient client, Duration limit) {
    WorkerClient.Builder builder =
        WorkerClient.builder()
            .healthTimeout(limit)
            .service(
                "APIMOM", own -> own.customDomain(origin, domain -> domain.bearerToken("secret")));
    if (client != null) {
      builder.okHttpClient(client);
    }
    return fleet.service(builder).diagnose().route("custom-domain");
  }

  private static OkHttpClient client(Dns dns) {
    return new OkHttpClient.Builder().dns(dns).build();
  }

  private static SSLSocketFactory serverCertificate() {
    return new HandshakeCertificates.Builder()
        .heldCertificate(CERTIFICATE)
        .build()
        .sslSocketFactory();
  }

  private static String seen(RouteDiagnosis route, Check check) {
    return route.step(check).orElseThrow().seen();
  }
}
