package dev.workerclient.spring.boot;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The services of {@code worker-client.services} by name.
 *
 * <p>Spring Boot adds a key to a map for each spelling that a property source has of it: the
 * environment variable {@code WORKERCLIENT_SERVICES_ORDERS_CUSTOMDOMAIN_URL} makes an entry {@code
 * orders} beside the YAML file's {@code ORDERS}, both with the same values; and {@code
 * WORKERCLIENT_SERVICES_ORDERS_API_…} one of the name {@code orders} with none. Here such entries
 * are one. Immutable.
 */
public final class ConfiguredServices {
  static final String PREFIX = "worker-client.services";

  private final Map<String, WorkerServiceProperties> byName = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();

  private ConfiguredServices() {}

  /**
   * Reads the services of an environment.
   *
   * @throws InvalidWorkerPropertyException if two have the same name
   */
  public static ConfiguredServices of(Environment environment) {
    Objects.requireNonNull(environment, "environment");
    Binder binder = Binder.get(environment);
    Map<String, WorkerServiceProperties> entries =
        binder
            .bind(PREFIX, Bindable.mapOf(String.class, WorkerServiceProperties.class))
            .orElseGet(Map::of);
    return of(entries, key -> environment.containsProperty(PREFIX + "." + key));
  }

  /** For tests: {@code declared} says if a key has a value of its own, as {@code orders: {}}. */
  static ConfiguredServices of(
      Map<String, WorkerServiceProperties> entries, Predicate<String> declared) {
    ConfiguredServices services = new ConfiguredServices();
    for (Map.Entry<String, WorkerServiceProperties> entry : spellings(entries, declared)) {
      String name = name(entry.getKey(), entry.getValue());
      if (services.byName.putIfAbsent(name, entry.getValue()) != null) {
        throw new InvalidWorkerPropertyException(
            PREFIX + "." + entry.getKey(), "there is another service of the name " + name);
      }
      services.keys.put(name, entry.getKey());
    }
    return services;
  }

  /** Returns the services by name, in the order of the configuration. */
  public Map<String, WorkerServiceProperties> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /**
   * Returns the key in {@code worker-client.services} of the service of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String key(String name) {
    Objects.requireNonNull(name, "name");
    String key = keys.get(name);
    if (key == null) {
      throw new IllegalArgumentException("no service " + name + "; known are " + keys.keySet());
    }
    return key;
  }

  /** Returns one entry for each service: the one whose key tells most of the underscores. */
  private static Collection<Map.Entry<String, WorkerServiceProperties>> spellings(
      Map<String, WorkerServiceProperties> entries, Predicate<String> declared) {
    Map<String, Map.Entry<String, WorkerServiceProperties>> byUniform = new LinkedHashMap<>();
    for (Map.Entry<String, WorkerServiceProperties> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (!entry.getValue().isEmpty() || declared.test(key) || !isCut(key, entries)) {
        byUniform.merge(uniform(key), entry, ConfiguredServices::longer);
      }
    }
    return byUniform.values();
  }

  /** Whether the key may be the begin of another that an environment variable spells with _. */
  private static boolean isCut(String key, Map<String, WorkerServiceProperties> entries) {
    String uniform = uniform(key);
    return key.equals(uniform)
        && entries.keySet().stream()
            .map(ConfiguredServices::uniform)
            .anyMatch(other -> other.length() > uniform.length() && other.startsWith(uniform));
  }

  private static Map.Entry<String, WorkerServiceProperties> longer(
      Map.Entry<String, WorkerServiceProperties> one,
      Map.Entry<String, WorkerServiceProperties> other) {
    return other.getKey().length() > one.getKey().length() ? other : one;
  }

  private static String name(String key, WorkerServiceProperties service) {
    String binding = service.binding();
    return binding != null ? binding : key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** As Spring Boot compares names: without case, hyphens and underscores. */
  static String uniform(String text) {
    return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
