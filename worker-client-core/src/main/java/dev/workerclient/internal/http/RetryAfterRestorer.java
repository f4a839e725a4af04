package dev.workerclient.internal.http;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Gives back the {@code Retry-After} that {@link WireObserver} hid from OkHttp. */
final class RetryAfterRestorer implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    WireLog wire = Objects.requireNonNull(chain.call().request().tag(WireLog.class));
    if (wire.hiddenRetryAfter().isEmpty()) {
      return response;
    }
    Headers.Builder headers = response.headers().newBuilder();
    for (String value : wire.hiddenRetryAfter()) {
      headers.addUnsafeNonAscii("Retry-After", value); // As leniently as OkHttp reads responses.
    }
    return response.newBuilder().headers(headers.build()).build();
  }
}
