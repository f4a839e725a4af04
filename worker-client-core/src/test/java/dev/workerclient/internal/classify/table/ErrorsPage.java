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
      # Error codes

      Every error that worker-client recognizes: the exception that it becomes, what it means, and how to fix it.
      [failures.md](failures.md) is the guide to exceptions. To start from a log message, see
      [troubleshooting.md](troubleshooting.md).

      | column | meaning |
      |---|---|
      | ran? | what the error implies about a run of the target: `excluded`, `certain` or `possible` |
      | same route | whether a retry on the same route may help: `soon` within the call, `later` after minutes |
      | other route | whether another route of the service may succeed at once |
      | scope | what it affects: this request, a path, the whole route, the account |
      | who acts | who has to fix it |
      | return as | the HTTP status for your own caller, `ServiceError.status()` |
      | known from | `documented` by Cloudflare, an RFC or the proxy's protocol; `observed` in captures or measured on workerd; \
      `inferred` from a category or neighboring codes. The column "ran?" is always inferred from the meaning |

      How "ran?" becomes a [delivery](delivery.md):

      - `excluded` is NOT_DELIVERED only if the target cannot have passed the error on: on a custom domain with
        `stampedBy(…)` if the stamp is missing; for the codes marked ¹ also on the binding-proxy route if the proxy's
        outcome is missing.
      - `certain` is DELIVERED on a custom domain.
      - Everything else is UNKNOWN.
      """;

  private static final Map<String, String> NOTES =
      Map.of(
          "Runtime messages passed on by a gateway",
          """
          Recognized if the status is 400 or more, and the message is the whole body (with its stack, or after
          `TypeError: ` and `Error: `), or is `error`, `error.message`, `message`, `detail` or `cause` of a JSON
          object. If the status is 500 or more, it may also be at the end of one of these, after `: `. "…" stands for
          any text. Delivery is UNKNOWN, because a message proves nothing.
          """,
          "Runtime messages that stay responses",
          """
          An application's own response may contain the same message, so these are not failures. If you asked for a
          value, the diagnosis of the WorkerResponseException explains them.
          """,
          "Plain HTTP statuses from Cloudflare",
          """
          A failure if Cloudflare's format or page shows that Cloudflare sent it, from 520 on also an empty body.
          Otherwise it is the target's own response. On a route without a mark, the diagnosis of the
          WorkerResponseException says what else it may be.
          """,
          "The binding proxy",
          """
          The proxy's outcome decides delivery: `not-dispatched` is NOT_DELIVERED; `dispatch-threw` is DELIVERED if a
          run is certain, otherwise UNKNOWN.
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
        | return as | known from |
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
