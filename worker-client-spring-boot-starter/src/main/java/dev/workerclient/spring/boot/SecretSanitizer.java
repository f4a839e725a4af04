package dev.workerclient.spring.boot;

import dev.workerclient.spring.boot.WorkerClientProperties.AccessServiceToken;
import dev.workerclient.spring.boot.WorkerClientProperties.BindingProxy;
import dev.workerclient.spring.boot.WorkerServiceProperties.CustomDomain;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the client's secrets in {@code /actuator/env} and {@code /actuator/configprops}, whatever
 * their {@code show-values}: tokens and headers by name, and tokens by value wherever else one
 * stands, as in the environment variable that a placeholder names.
 */
final class SecretSanitizer implements SanitizingFunction {
  /** As in YAML, in a bean's property, or in an environment variable. */
  private static final Pattern SECRET =
      Pattern.compile(
          "worker[-_.]?client.*(bearer[-_.]?token|access[-_.]?service[-_.]?token.*secret"
              + "|[-_.]headers.+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Shorter ones may be part of many values, and are hidden by name alone. */
  private static final int SHORTEST_BY_VALUE = 8;

  private final Set<String> secrets = new HashSet<>();

  SecretSanitizer(WorkerClientProperties properties) {
    BindingProxy proxy = properties.bindingProxy();
    if (proxy != null) {
      add(proxy.bearerToken(), proxy.accessServiceToken());
    }
    for (WorkerServiceProperties service : properties.services().values()) {
      CustomDomain domain = service.customDomain();
      if (domain != null) {
        add(domain.bearerToken(), domain.accessServiceToken());
      }
    }
  }

  private void add(@Nullable String bearerToken, @Nullable AccessServiceToken access) {
    Stream.of(bearerToken, access == null ? null : access.secret())
        .filter(secret -> secret != null && secret.length() >= SHORTEST_BY_VALUE)
        .forEach(secrets::add);
  }

  @Override
  public SanitizableData apply(SanitizableData data) {
    return SECRET.matcher(data.getKey()).matches() || holdsSecret(data.getValue())
        ? data.withSanitizedValue()
        : data;
  }

  private boolean holdsSecret(@Nullable Object value) {
    if (value == null) {
      return false;
    }
    String text = value.toString();
    return secrets.stream().anyMatch(text::contains);
  }
}
