package dev.workerclient.internal.http;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The innermost application interceptor. It takes back what an interceptor of the user's may have
 * switched on for this call, and gives back what {@link WireObserver} hid from OkHttp.
 */
final class Restorer implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = hardened(chain).proceed(chain.request());
    WireLog wire = Objects.requireNonNull(chain.call().request().tag(WireLog.class));
    if (wire.isProxyAuthHidden()) {
      return response.newBuilder().code(WireObserver.PROXY_AUTH).build();
    }
    if (wire.hiddenRetryAfter().isEmpty()) {
      return response;
    }
    Headers.Builder headers = response.headers().newBuilder();
    for (String value : wire.hiddenRetryAfter()) {
      headers.addUnsafeNonAscii("Retry-After", value); // As leniently as OkHttp reads responses.
    }
    return response.newBuilder().headers(headers.build()).build();
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
