package dev.workerclient.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Passes the settings below one key to the builder's setters, whose refusals then name file, line
 * and key. A setter is not called for what is not set.
 */
final class Section {
  private final Settings settings;
  private final References references;
  private final String key;
  private final Set<String> keys;

  Section(Settings settings, References references, String key) {
    this.settings = settings;
    this.references = references;
    this.key = key;
    this.keys = settings.below(key);
  }

  Section below(String name) {
    return new Section(settings, references, key + "." + name);
  }

  boolean isSet() {
    return !keys.isEmpty();
  }

  boolean has(String name) {
    return keys.contains(name);
  }

  /** Returns all keys below this one, without it. */
  Set<String> keys() {
    return keys;
  }

  void text(String name, Consumer<String> setter) {
    set(name, Setting::text, setter);
  }

  /** Returns the text, or the other one if none is set. */
  String text(String name, String other) {
    String[] text = {other};
    text(name, given -> text[0] = given);
    return text[0];
  }

  /** Returns whether {@code enabled} is true or not set. */
  boolean isEnabled() {
    AtomicBoolean enabled = new AtomicBoolean(true);
    flag("enabled", enabled::set);
    return enabled.get();
  }

  void flag(String name, Consumer<Boolean> setter) {
    set(name, Setting::flag, setter);
  }

  void number(String name, IntConsumer setter) {
    set(name, Setting::number, setter::accept);
  }

  void time(String name, Consumer<Duration> setter) {
    set(name, Setting::time, setter);
  }

  void size(String name, LongConsumer setter) {
    set(name, Setting::size, setter::accept);
  }

  void list(String name, Consumer<List<String>> setter) {
    set(name, Setting::list, setter);
  }

  void headers(BiConsumer<String, String> setter) {
    Section headers = below("headers");
    headers.keys.forEach(name -> headers.text(name, value -> setter.accept(name, value)));
  }

  /**
   * Passes a secret, which must be a reference in the file.
   *
   * @param example the name of an environment variable that fits
   */
  void secret(String name, String example, Consumer<String> setter) {
    Setting setting = settings.read(key + "." + name);
    if (setting != null) {
      setting.check(() -> References.requireReference(setting.text(), example));
    }
    text(name, setter);
  }

  /**
   * Passes a bearer token, which must be a reference in the file.
   *
   * @param example the name of an environment variable that fits
   * @param changing takes it if it may have another value later
   */
  void token(
      String name, String example, Consumer<String> setter, Consumer<Supplier<String>> changing) {
    secret(name, example, setter);
    Setting setting = settings.read(key + "." + name);
    if (setting != null && references.mayChange()) {
      changing.accept(() -> setting.resolved(references).text());
    }
  }

  /** Checks that there is such a setting. */
  void require(String name, String reason) {
    if (!has(name)) {
      throw refused(name, reason);
    }
  }

  /** Runs code that may refuse the name of a section below, such as a service's. */
  void check(String name, Runnable code) {
    try {
      code.run();
    } catch (RefusedSettingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
  }

  /** Returns an exception about a setting that is not there, with the place of one near it. */
  RefusedSettingException refused(String name, String reason) {
    return settings.refused(key, name, reason);
  }

  private <T> void set(String name, Function<Setting, T> reader, Consumer<T> setter) {
    Setting setting = settings.read(key + "." + name);
    if (setting != null) {
      setting.check(() -> setter.accept(reader.apply(setting.resolved(references))));
    }
  }
}
