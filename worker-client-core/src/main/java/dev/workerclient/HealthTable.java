package dev.workerclient;

import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a {@link HealthReport} as text. */
final class HealthTable {
  private static final String INDENT = " ".repeat(12);

  private final TextLines lines = new TextLines();

  private HealthTable() {}

  static String of(HealthReport report) {
    HealthTable table = new HealthTable();
    table.summary(report);
    table.row("STATE", "SERVICE / ROUTE", "HTTP", "LATENCY", "BREAKER", "FAILURE");
    for (ServiceHealth service : report.services()) {
      table.service(service);
    }
    ProxyHealth proxy = report.proxy();
    ServiceError refusal = proxy == null ? null : proxy.error();
    if (refusal != null) {
      table.lines.line("");
      table.lines.words("The binding proxy gave no report of its own: ", refusal.message());
      table.advice(refusal);
    }
    return table.lines.toString();
  }

  private void summary(HealthReport report) {
    lines.line(
        String.format(
            Locale.ROOT,
            "%s (%d): %d up, %d degraded, %d down, at %s",
            report.status(),
            report.httpStatus(),
            count(report, HealthStatus.UP),
            count(report, HealthStatus.DEGRADED),
            count(report, HealthStatus.DOWN),
            report.takenAt()));
    lines.line("");
  }

  private static long count(HealthReport report, HealthStatus status) {
    return report.services().stream().filter(service -> service.status() == status).count();
  }

  private void service(ServiceHealth service) {
    row(lower(service.status()), service.service(), "", "", "", "");
    for (RouteHealth route : service.routes()) {
      route(route);
    }
  }

  private void route(RouteHealth route) {
    ServiceError error = route.error();
    BindingHealth binding = route.binding();
    boolean asked = error != null || route.httpStatus().isPresent();
    row(
        route.up() ? "up" : "down",
        "  " + route.route(),
        route.httpStatus().isPresent() ? Integer.toString(route.httpStatus().getAsInt()) : "-",
        asked ? route.latency().toMillis() + " ms" : "-",
        breaker(route),
        error == null ? "" : error.code());
    if (error != null) {
      lines.words(INDENT + "what   ", error.message());
      advice(error);
    } else if (!asked && binding != null) {
      lines.words(
          INDENT + "note   ",
          binding.kind().equals("service")
              ? "it has no fetch; its methods are called by RPC"
              : "a binding of kind " + binding.kind() + ", not called");
    }
    if (binding != null && saysMore(binding, error)) {
      String between = binding.diagnosis().endsWith(".") ? " " : ": ";
      lines.words(INDENT + "proxy  ", binding.diagnosis() + between + binding.fix());
    }
  }

  /** Whether the proxy says something that its answer to us did not say already. */
  private static boolean saysMore(BindingHealth binding, @Nullable ServiceError error) {
    return !binding.fix().isEmpty()
        && (error == null
            || !(error.message().contains(binding.diagnosis())
                || error.message().contains(binding.fix())));
  }

  private void advice(ServiceError error) {
    if (!error.diagnosis().cause().isEmpty()) {
      lines.words(INDENT + "cause  ", error.diagnosis().cause());
    }
    if (!error.diagnosis().fix().isEmpty()) {
      lines.words(INDENT + "fix    ", error.diagnosis().fix());
    }
  }

  private void row(
      String state, String name, String http, String latency, String breaker, String failure) {
    lines.line(
        String.format(
            Locale.ROOT,
            "%-9s %-17s %5s %10s  %-11s %s",
            state,
            name,
            http,
            latency,
            breaker,
            failure));
  }

  private static String breaker(RouteHealth route) {
    String state = lower(route.breaker());
    return route.breaker() == BreakerState.OPEN && !route.breakerOpenFor().isZero()
        ? state + " " + (route.breakerOpenFor().toSeconds() + 1) + " s"
        : state;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
