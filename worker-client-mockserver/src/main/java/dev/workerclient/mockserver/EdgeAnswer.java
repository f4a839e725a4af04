package dev.workerclient.mockserver;

import dev.workerclient.internal.classify.table.CodeTable;
import dev.workerclient.internal.classify.table.KnownError.Run;

/** What Cloudflare's edge sends in a Worker's place. The same on both routes. */
record EdgeAnswer(Reply answer, boolean runsTarget) implements Script {
  private static final int LOWEST = 400;
  private static final int HIGHEST = 99_999;

  /** Cloudflare documents the header, not its values. */
  private static final String ORIGIN = "edge";

  /** Nothing behind the edge ran. */
  static EdgeAnswer of(Reply answer) {
    return new EdgeAnswer(answer, false);
  }

  static EdgeAnswer code(int code, ErrorFormat format) {
    if (code < LOWEST || code > HIGHEST) {
      throw new IllegalArgumentException(
          "Cloudflare's code was given as " + code + "; write one as 1101, or a status as 522");
    }
    return new EdgeAnswer(Fixtures.error(code, format), CodeTable.ofCode(code).run() == Run.CERTAIN)
        .with("cf-error-type", Integer.toString(code))
        .with("cf-error-origin", ORIGIN);
  }

  EdgeAnswer with(String header, String value) {
    return new EdgeAnswer(
        answer.withHeaders(answer.headers().newBuilder().set(header, value).build()), runsTarget);
  }

  @Override
  public Reply reply(RecordedRequest request) {
    return answer;
  }
}
