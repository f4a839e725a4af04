package dev.workerclient.mockserver;

/** A format that Cloudflare sends its errors in, whatever the client asked for. */
public enum ErrorFormat {
  /** {@code error code: 1101} as {@code text/plain}. */
  TEXT("text", "text with a charset"),
  /** Structured, as {@code application/json}. */
  JSON("structured", "JSON as documented"),
  /** Structured, as {@code application/problem+json}. */
  PROBLEM_JSON("structured", "problem as documented"),
  /** Front matter and text, as {@code text/markdown}. */
  MARKDOWN("markdown", "markdown as documented"),
  /** A page for browsers. */
  HTML("html", "the classic page");

  /** File and title of the form among the fixtures. */
  final String file;

  final String title;

  ErrorFormat(String file, String title) {
    this.file = file;
    this.title = title;
  }
}
