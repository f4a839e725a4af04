package dev.workerclient.internal.classify.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes docs/errors.md from the table. */
final class ErrorsPage {
  private static final String HEAD =
      """
      <!-- Generated from the table in worker-client-core (internal.classify.table). Don't edit: change
           the table, then run mvn test -pl worker-client-core -Dtest=ErrorsPageTest -Dwrite=true -->
      # Every error that has a name

      Which exception each becomes, and what the library knows of it. [failures.md](failures.md) is the guide,
      [troubleshooting.md](troubleshooting.md) leads here from what one sees.

      - **ran?** what the error says, by its meaning, of a run of the target: `excluded`, `certain` or `possible`.
        An `excluded` counts as NOT_DELIVERED only where the target can't have passed the error on: on a custom
        domain with `stampedBy(…)` whose stamp is missing, and for the codes marked ¹ also on the binding-proxy
        route, where the proxy's outcome is missing. A `certain` counts as DELIVERED on a custom domain. All else
        is UNKNOWN: see [delivery.md](delivery.md).
      - **same route** whether asking it again may help: `soon` within a call, `later` after minutes.
      - **other route** whether another route of the service may do better at once.
      - **scope** what it speaks of: this request, a path, the whole route, the account.
      - **hand on** the HTTP status for your own caller, `ServiceError.status()`.
      - **known from** `documented` by Cloudflare, an RFC or the proxy's protocol; `observed` in captures or
        measured on workerd; `inferred` from a category or neighbouring codes. What it says of a run is always
        inferred from the meaning.
      """;

  private static final Map<String, String> NOTES =
      Map.of(
          "The runtime's texts, passed on by a gateway",
          """
          Recognised with a status of 400 or more, where the whole text is the body (with its stack, or after
          `TypeError: ` and `Error: `), or `error`, `error.message`, `message`, `detail` or `cause` of a JSON object;
          from 500 on also at the end of one of these, after `: `. "…" stands for any text. Delivery is UNKNOWN: a
          text proves nothing.
          """,
          "The runtime's texts that stay answers",
          """
          An application's own answer may read the same, so these are no failures. Where a value was asked for,
          the diagnosis of the WorkerResponseException explains them.
          """,
          "Plain statuses that Cloudflare sends itself",
          """
          A failure where Cloudflare's format, page or (from 520 on) an empty body shows that it is Cloudflare's;
          else the target's own answer. On a route without a mark, the diagnosis of the WorkerResponseException
          says what else it may be.
          """,
          "The binding proxy",
          """
          Delivery comes from the proxy's outcome: `not-dispatched` is NOT_DELIVERED; `dispatch-threw` is DELIVERED
          where a run is certain, else UNKNOWN.
          """);

  private ErrorsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    CodeTable.sections()
        .forEach(
            (title, rows) -> {
              page.append("\n## ").append(title).append('\n').append(NOTES.getOrDefault(title, ""));
              table(page, rows);
            });
    return page.toString();
  }

  private static void table(StringBuilder page, List<KnownError> rows) {
    page.append(
        """

        | error | HTTP | exception | meaning | fix | ran? | same route | other route | scope | who acts \
        | hand on | known from |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """);
    for (KnownError row : rows) {
      page.append("| ")
          .append(row.id().replace("|", "\\|"))
          .append(row.provenOnProxy() ? " ¹" : "")
          .append(cell(row.status() == 0 ? "" : Integer.toString(row.status())))
          .append(cell(row.kind().type().getSimpleName()))
          .append(cell(row.meaning()))
          .append(cell(row.fix()))
          .append(cell(row.run()))
          .append(cell(row.sameRoute()))
          .append(cell(row.otherRoute()))
          .append(cell(row.scope()))
          .append(cell(row.actor()))
          .append(cell(Integer.toString(row.statusToHandOn())))
          .append(cell(row.evidence()))
          .append(" |\n");
    }
  }

  private static String cell(String text) {
    return " | " + text;
  }

  private static String cell(Enum<?> value) {
    return cell(value.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}
