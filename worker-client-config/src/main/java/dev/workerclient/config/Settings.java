package dev.workerclient.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of one environment by their whole keys. Knows which were read. Not thread-safe. */
final class Settings {
  /** What only Spring Boot, or the starter, has a use for. */
  private static final Pattern SPRING_ONLY =
      Pattern.compile(
          "spring\\..+|worker-client\\.(enabled|(ssl|problem-details)\\..+"
              + "|services\\.[^.]+\\.http-service-groups)");

  private final Path file;
  private final Map<String, Setting> byKey;
  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> sections = new LinkedHashSet<>(Set.of(""));

  Settings(Path file, Map<String, Setting> byKey) {
    this.file = file;
    this.byKey = byKey;
  }

  /** Returns the setting, or null if there is none. */
  @Nullable Setting read(String key) {
    read.add(key);
    return byKey.get(key);
  }

  /**
   * Returns the keys below that key, without it.
   *
   * @throws IllegalArgumentException if the key itself has a value
   */
  Set<String> below(String key) {
    sections.add(key);
    Setting own = byKey.get(key);
    if (own != null && own.form() != Setting.Form.NOTHING) {
      throw own.refused("takes keys below it, not a value");
    }
    read.add(key);
    return byKey.keySet().stream()
        .filter(each -> each.startsWith(key + "."))
        .map(each -> each.substring(key.length() + 1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns an exception about a key that is not there, with the place of another near it. */
  RefusedSettingException refused(String section, String key, String reason) {
    String whole = section + "." + key;
    String place =
        Stream.of(whole, section)
            .flatMap(near -> byKey.values().stream().filter(each -> isIn(near, each.key())))
            .findFirst()
            .map(Setting::place)
            .orElse(file.toString());
    return new RefusedSettingException(place, whole, reason);
  }

  /**
   * Checks that every setting was read.
   *
   * @throws IllegalArgumentException for the first that was not
   */
  void requireAllRead() {
    for (Setting setting : byKey.values()) {
      if (!read.contains(setting.key())) {
        throw setting.refused(unread(setting.key()));
      }
    }
  }

  private static boolean isIn(String section, String key) {
    return (key + ".").startsWith(section + ".");
  }

  private String unread(String key) {
    if (SPRING_ONLY.matcher(key).matches()) {
      return "is for Spring Boot alone; write it in the application's own configuration";
    }
    String above = above(key);
    while (!sections.contains(above)) {
      if (read.contains(above)) {
        return "is not known; " + above + " takes a value";
      }
      above = above(above);
    }
    return "is not known; the keys of this section are " + known(above);
  }

  private static String above(String key) {
    return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
  }

  private Set<String> known(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    return read.stream()
        .filter(each -> each.startsWith(prefix) && each.length() > prefix.length())
        .map(each -> each.substring(prefix.length()).split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
