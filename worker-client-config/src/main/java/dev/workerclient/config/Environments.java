package dev.workerclient.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the documents of one environment, as Spring Boot does those of a profile. */
final class Environments {
  private static final String ON_PROFILE = "spring.config.activate.on-profile";

  private Environments() {}

  /**
   * Merges the documents of that environment with those of all; a later document replaces the
   * values of earlier ones.
   *
   * @throws IllegalArgumentException if no document is for that environment, or the environment is
   *     null and there are some
   */
  static Settings select(
      Path file, List<Map<String, Setting>> documents, @Nullable String environment) {
    Set<String> known = new LinkedHashSet<>();
    Map<String, Setting> selected = new LinkedHashMap<>();
    for (Map<String, Setting> document : documents) {
      Setting onProfile = document.get(ON_PROFILE);
      List<String> names = onProfile == null ? List.of() : names(onProfile);
      known.addAll(names);
      if (onProfile == null || (environment != null && names.contains(environment))) {
        selected.putAll(document);
      }
    }
    requireKnown(file, known, environment);
    selected.remove(ON_PROFILE);
    return new Settings(file, selected);
  }

  private static List<String> names(Setting onProfile) {
    List<String> names = new ArrayList<>();
    onProfile.check(() -> names.addAll(onProfile.list()));
    if (names.stream().anyMatch(name -> name.matches(".*[!&|() ].*"))) {
      throw onProfile.refused(
          "is an expression, which Spring Boot alone reads; write the names of environments, such"
              + " as [staging, production]");
    }
    return names;
  }

  private static void requireKnown(Path file, Set<String> known, @Nullable String environment) {
    if (environment == null && !known.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has the environments " + known + "; pass the name of one");
    }
    if (environment != null && !known.contains(environment)) {
      throw new IllegalArgumentException(
          file
              + (known.isEmpty()
                  ? " has no environments; pass none, or add a document with " + ON_PROFILE + ": "
                  : " has the environments "
                      + known
                      + "; pass one of them, or add one with "
                      + ON_PROFILE
                      + ": ")
              + environment);
    }
  }
}
