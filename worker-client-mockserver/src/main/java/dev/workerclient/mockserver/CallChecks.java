package dev.workerclient.mockserver;

import dev.workerclient.RouteKind;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.table.FailureKind;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asserted of a call in the same way whether it failed or was answered. */
final class CallChecks {
  private final List<Attempt> attempts;
  private final Function<String, AssertionError> failure;

  CallChecks(List<Attempt> attempts, Function<String, AssertionError> failure) {
    this.attempts = attempts;
    this.failure = failure;
  }

  AssertionError failure(String text) {
    return failure.apply(text);
  }

  void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      String but = actual == null ? "there was none" : "it was " + actual;
      throw failure.apply("Expected " + what + " to be " + expected + ", but " + but + ".");
    }
  }

  void lastRoute(String route) {
    requireRoute(route);
    String actual = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).route();
    equal("the route of the last attempt", route, actual);
  }

  void number(int expected) {
    if (expected < 0) {
      throw new IllegalArgumentException("hasAttempts was given " + expected + "; write 0 or more");
    }
    equal("the number of attempts", expected, attempts.size());
  }

  void routes(String... routes) {
    requireNone(routes, "routes");
    Stream.of(routes).forEach(CallChecks::requireRoute);
    List<String> actual = attempts.stream().map(Attempt::route).toList();
    equal("the list of the attempts' routes", List.of(routes), actual);
  }

  /**
   * Looks at the attempts' codes, not at suppressed exceptions: an answer has none of these.
   *
   * @param end the code of the failure that the call ended with, or null if it was answered
   */
  void cameAfter(Class<? extends WorkerException> type, @Nullable String end) {
    boolean any = type == WorkerException.class;
    FailureKind kind = FailureKind.of(type);
    boolean found =
        earlier(end).stream()
            .map(Attempt::failure)
            .filter(Objects::nonNull)
            .anyMatch(code -> any || (kind != null && kind.name().equals(code)));
    if (!found) {
      String how =
          any
              ? ""
              : " with " + type.getSimpleName() + (kind == null ? "" : " (" + kind.name() + ")");
      throw failure.apply("Expected an earlier attempt to have failed" + how + ", but none did.");
    }
  }

  /** All but the one whose end was the call's; all if the call ended in a wait after it. */
  private List<Attempt> earlier(@Nullable String end) {
    int last = attempts.size() - 1;
    boolean lastIsEnd = last >= 0 && Objects.equals(attempts.get(last).failure(), end);
    return lastIsEnd ? attempts.subList(0, last) : attempts;
  }

  static String[] names(RouteKind first, RouteKind... further) {
    Objects.requireNonNull(first, "first");
    requireNone(further, "further");
    return Stream.concat(Stream.of(first), Stream.of(further))
        .map(RouteKind::routeName)
        .toArray(String[]::new);
  }

  private static void requireNone(Object[] values, String parameter) {
    for (Object value : Objects.requireNonNull(values, parameter)) {
      Objects.requireNonNull(value, parameter);
    }
  }

  private static void requireRoute(String route) {
    if (Stream.of(RouteKind.values()).noneMatch(kind -> kind.routeName().equals(route))) {
      throw new IllegalArgumentException(
          "no route is named \"" + route + "\"; write \"binding-proxy\" or \"custom-domain\"");
    }
  }
}
