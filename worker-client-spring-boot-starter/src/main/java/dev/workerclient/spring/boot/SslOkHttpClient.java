package dev.workerclient.spring.boot;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/** An OkHttpClient whose TLS is that of an SSL bundle, else as the client makes its own. */
final class SslOkHttpClient implements AutoCloseable {
  private static final String PROPERTY = "worker-client.ssl.bundle";
  private static final int DEFAULT_CALLS = 256;
  private static final int IDLE_SECONDS = 240;

  private final OkHttpClient client;

  /**
   * Makes it of the bundle as it is now.
   *
   * @throws InvalidWorkerPropertyException if there is no bundle of that name
   */
  SslOkHttpClient(WorkerClientProperties properties, @Nullable SslBundles bundles) {
    String name = Objects.requireNonNull(properties.ssl().bundle());
    int calls = Objects.requireNonNullElse(properties.maxConcurrentCalls(), DEFAULT_CALLS);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(Math.max(1, calls), IDLE_SECONDS, TimeUnit.SECONDS));
    apply(bundle(name, bundles), builder);
    this.client = builder.build();
  }

  OkHttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static SslBundle bundle(String name, @Nullable SslBundles bundles) {
    if (bundles == null) {
      throw new InvalidWorkerPropertyException(
          PROPERTY, "there are no SSL bundles; write spring.ssl.bundle.…");
    }
    try {
      return bundles.getBundle(name);
    } catch (NoSuchSslBundleException e) {
      throw new InvalidWorkerPropertyException(
          PROPERTY,
          "there is no SSL bundle \""
              + name
              + "\"; known are "
              + bundles.getBundleNames().stream().sorted().toList()
              + ". Add it as spring.ssl.bundle.pem."
              + name
              + " or spring.ssl.bundle.jks."
              + name);
    }
  }

  private static void apply(SslBundle bundle, OkHttpClient.Builder client) {
    SSLContext context = bundle.createSslContext();
    client.sslSocketFactory(context.getSocketFactory(), trustManager(bundle));
    SslOptions options = bundle.getOptions();
    if (options.isSpecified()) {
      ConnectionSpec.Builder tls = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS);
      if (options.getEnabledProtocols() != null) {
        tls.tlsVersions(options.getEnabledProtocols());
      }
      if (options.getCiphers() != null) {
        tls.cipherSuites(options.getCiphers());
      }
      client.connectionSpecs(List.of(tls.build(), ConnectionSpec.CLEARTEXT));
    }
  }

  private static X509TrustManager trustManager(SslBundle bundle) {
    for (TrustManager manager : bundle.getManagers().getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new InvalidWorkerPropertyException(PROPERTY, "the bundle has no X.509 trust manager");
  }
}
