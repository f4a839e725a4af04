package dev.workerclient.internal.classify;

import static dev.workerclient.internal.classify.ReplyLaws.require;

import dev.workerclient.internal.classify.table.FailureKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What may be said of a run, as the design's rules of delivery have it. */
final class DeliveryLaws {
  private static final Set<Integer> NOT_PASSED_ON_BY_PROXY = Set.of(1015, 1020, 1027, 1042, 1104);
  private static final Set<Integer> RUN_CERTAIN = Set.of(1021, 1024, 1101);
  private static final Set<String> RAN = Set.of("TARGET_RETURNED_NO_RESPONSE", "TARGET_HUNG");

  /** The codes whose meaning excludes a run, as the catalogue of errors has them. */
  private static final Set<Integer> RUN_EXCLUDED =
      IntStream.of(
              1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
              1014, 1015, 1016, 1017, 1018, 1020, 1022, 1023, 1025, 1026, 1027, 1028, 1029, 1033,
              1034, 1035, 1036, 1037, 1038, 1039, 1040, 1041, 1042, 1043, 1044, 1045, 1047, 1049,
              1103, 1104, 1106, 1200)
          .boxed()
          .collect(Collectors.toUnmodifiableSet());

  private DeliveryLaws() {}

  static void check(Marks marks, Failure failure) {
    switch (failure.delivery()) {
      case NOT_DELIVERED -> require(provesNoRun(marks, failure), "NOT_DELIVERED is proven");
      case DELIVERED -> require(provesRun(marks, failure), "DELIVERED is proven");
      case UNKNOWN -> require(!marks.outcomes().equals(List.of("not-dispatched")), "is believed");
    }
  }

  private static boolean provesNoRun(Marks marks, Failure failure) {
    int code = failure.cloudflareCode();
    return switch (marks.route()) {
      case DOMAIN -> false;
      case STAMPED ->
          marks.areMissing()
              && (RUN_EXCLUDED.contains(code) || failure.kind() == FailureKind.ACCESS_DENIED);
      case PROXY ->
          marks.outcomes().contains("not-dispatched")
              || (marks.outcomes().isEmpty() && NOT_PASSED_ON_BY_PROXY.contains(code));
    };
  }

  private static boolean provesRun(Marks marks, Failure failure) {
    return switch (marks.route()) {
      case DOMAIN, STAMPED -> RUN_CERTAIN.contains(failure.cloudflareCode());
      case PROXY ->
          marks.outcomes().contains("dispatch-threw")
              && marks.proxyErrors().stream().anyMatch(RAN::contains);
    };
  }
}
