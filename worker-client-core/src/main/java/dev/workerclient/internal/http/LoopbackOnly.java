package dev.workerclient.internal.http;

import java.util.Set;
import okhttp3.HttpUrl;

/** Plain HTTP to a host of this name may only be sent to an address of this machine. */
public final class LoopbackOnly {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "::1", "localhost");

  private LoopbackOnly() {}

  /** Whether requests to that URL must not leave this machine. */
  public static boolean binds(HttpUrl url) {
    return !url.isHttps() && HOSTS.contains(url.host());
  }
}
