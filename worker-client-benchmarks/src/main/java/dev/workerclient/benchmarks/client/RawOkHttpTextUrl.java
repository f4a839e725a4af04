package dev.workerclient.benchmarks.client;

import okhttp3.Call;
import okhttp3.Request;

/** OkHttp as most write it, with the path's value put into a text. */
final class RawOkHttpTextUrl extends RawOkHttp {
  private final String base;

  RawOkHttpTextUrl(String origin) {
    super(origin);
    this.base = origin + "/v1/capabilities/";
  }

  @Override
  Call newCall(String name) {
    return client.newCall(new Request.Builder().url(base + name).build());
  }
}
