package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.RemoteText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Sees how one connection comes about, in texts for a person. Thread-safe: OkHttp tries several
 * addresses at once.
 */
public final class ConnectionLog extends EventListener {
  private volatile boolean begun;
  private volatile boolean resolving;
  private volatile boolean securing;
  private volatile @Nullable String resolved;
  private volatile @Nullable String connected;
  private volatile @Nullable String secured;

  @Override
  public void dnsStart(okhttp3.Call call, String domainName) {
    begun = true;
    resolving = true;
  }

  @Override
  public void connectStart(okhttp3.Call call, InetSocketAddress address, Proxy proxy) {
    begun = true;
  }

  @Override
  public void dnsEnd(okhttp3.Call call, String domainName, List<InetAddress> addresses) {
    resolved =
        RemoteText.clean(
            domainName
                + " is "
                + addresses.stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", ")));
  }

  @Override
  public void secureConnectStart(okhttp3.Call call) {
    securing = true;
  }

  @Override
  public void secureConnectEnd(okhttp3.Call call, @Nullable Handshake handshake) {
    if (handshake != null) {
      secured = handshake.tlsVersion().javaName() + certificate(handshake);
    }
  }

  @Override
  public void connectEnd(
      okhttp3.Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    String via =
        proxy.type() == Proxy.Type.DIRECT ? "" : " through a proxy of type " + proxy.type();
    InetAddress resolvedTo = address.getAddress();
    String host = resolvedTo == null ? address.getHostString() : resolvedTo.getHostAddress();
    connected = RemoteText.clean(host + ", port " + address.getPort() + via);
  }

  private static String certificate(Handshake handshake) {
    return handshake.peerCertificates().stream()
        .findFirst()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .map(
            certificate ->
                ", certificate of "
                    + RemoteText.clean(certificate.getSubjectX500Principal().getName())
                    + " until "
                    + LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZoneOffset.UTC))
        .orElse("");
  }

  /** Whether a name was looked up, or an address tried. */
  public boolean hasBegun() {
    return begun;
  }

  /** Whether the host is a name that was looked up without an end. */
  public boolean isStuckResolving() {
    return resolving && resolved == null;
  }

  /** Whether the handshake was begun and not ended. */
  public boolean isStuckSecuring() {
    return securing && secured == null;
  }

  /** The addresses that the name resolved to; null if none was looked up, or in vain. */
  public @Nullable String resolved() {
    return resolved;
  }

  /** What it was connected to, or null. */
  public @Nullable String connected() {
    return connected;
  }

  /** TLS version and certificate; null for plain http. */
  public @Nullable String secured() {
    return secured;
  }
}
