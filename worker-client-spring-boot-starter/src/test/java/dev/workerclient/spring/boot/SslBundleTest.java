package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Real handshakes with a server that asks for a client certificate. */
class SslBundleTest {
  private final HeldCertificate authority =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();
  private final HeldCertificate client =
      new HeldCertificate.Builder().signedBy(authority).commonName("shop").build();
  private final HeldCertificate server =
      new HeldCertificate.Builder()
          .signedBy(authority)
          .commonName("orders")
          .addSubjectAlternativeName("localhost")
          .build();

  @TempDir Path folder;

  @Test
  void theBundlesClientCertificateIsShown() throws IOException {
    try (MockWebServer orders = start()) {
      runner(orders)
          .withPropertyValues(
              "spring.ssl.bundle.pem.workers.keystore.certificate="
                  + write(client.certificatePem()),
              "spring.ssl.bundle.pem.workers.keystore.private-key="
                  + write(client.privateKeyPkcs8Pem()))
          .run(
              context -> {
                WorkerService service = context.getBean(WorkerService.class);
                assertThat(service.get("/").execute().string()).isEqualTo("ok");
                assertThat(orders.takeRequest().getHandshake().peerPrincipal().getName())
                    .isEqualTo("CN=shop");
              });
    }
  }

  @Test
  void withoutAClientCertificateTheServerRefuses() throws IOException {
    try (MockWebServer orders = start()) {
      runner(orders)
          .run(
              context ->
                  assertThatThrownBy(() -> context.getBean(WorkerService.class).get("/").send())
                      .isInstanceOf(WorkerConnectionException.class));
    }
  }

  private ApplicationContextRunner runner(MockWebServer orders) throws IOException {
    return Contexts.runner()
        .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
        .withPropertyValues(
            "worker-client.ssl.bundle=workers",
            "spring.ssl.bundle.pem.workers.truststore.certificate="
                + write(authority.certificatePem()),
            "worker-client.services.ORDERS.custom-domain.url=https://localhost:"
                + orders.getPort());
  }

  private MockWebServer start() throws IOException {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(server)
            .addTrustedCertificate(authority.certificate())
            .build();
    MockWebServer started = new MockWebServer();
    started.useHttps(certificates.sslSocketFactory());
    started.requireClientAuth();
    started.enqueue(new MockResponse.Builder().body("ok").build());
    started.start();
    return started;
  }

  private Path write(String pem) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "certificate", ".pem"), pem);
  }
}
