package dev.workerclient.internal.http;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The innermost application interceptor, if the user has any or a connection can't carry the
 * request. It takes back what one of these may have switched on for this call, and gives back what
 * {@link WireObserver} hid from OkHttp.
 */
final class Restorer implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    WireLog wire = Objects.requireNonNull(chain.call().request().tag(WireLog.class));
    return wire.restore(Detour.proceed(hardened(chain), wire));
  }

  private static Chain hardened(Chain chain) {
    Chain hardened = chain;
    if (chain.getRetryOnConnectionFailure()) {
      hardened = hardened.withRetryOnConnectionFailure(false);
    }
    if (chain.getAuthenticator() != Authenticator.NONE) {
      hardened = hardened.withAuthenticator(Authenticator.NONE);
    }
    if (chain.getCookieJar() != CookieJar.NO_COOKIES) {
      hardened = hardened.withCookieJar(CookieJar.NO_COOKIES);
    }
    return chain.getCache() == null ? hardened : hardened.withCache(null);
  }
}
