package dev.workerclient.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What some artifacts of this JVM's class path bring with them, by the POMs beside their jars. */
public final class Closure {
  private static final Map<String, Entry> CLASS_PATH = classPath();

  private final Set<Path> files = new LinkedHashSet<>();

  private record Entry(Path file, Pom pom) {}

  private Closure() {}

  /** The artifacts of those ids, with all that they need. */
  public static Closure of(String... artifacts) {
    Closure closure = new Closure();
    for (String artifact : artifacts) {
      if (!closure.add(artifact)) {
        throw new IllegalArgumentException(artifact + " is not on the class path");
      }
    }
    return closure;
  }

  /** How many jars; a module of this build counts as one. */
  public int jars() {
    return files.size();
  }

  /** Their size; for a module of this build the size of its classes. */
  public long bytes() {
    return files.stream().mapToLong(Closure::size).sum();
  }

  /** Class path of these and of one more. */
  String classPath(Path more) {
    StringBuilder path = new StringBuilder(more.toString());
    files.forEach(file -> path.append(File.pathSeparatorChar).append(file));
    return path.toString();
  }

  private boolean add(String artifact) {
    Entry entry = CLASS_PATH.get(artifact);
    if (entry == null) {
      return false; // Not on the class path: for another platform, say.
    }
    if (files.add(entry.file())) {
      entry.pom().dependencies().forEach(this::add);
    }
    return true;
  }

  private static Map<String, Entry> classPath() {
    Map<String, Entry> entries = new HashMap<>();
    String[] files =
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1);
    for (String name : files) {
      Path file = Path.of(name).toAbsolutePath();
      Path pomFile = pom(file);
      if (pomFile != null) {
        try {
          Pom pom = Pom.read(pomFile);
          entries.put(key(file, pom), new Entry(file, pom));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return entries;
  }

  /** In a repository beside the jar, as artifact-version.pom; in this build above target. */
  private static @Nullable Path pom(Path file) {
    Path folder = file.getParent();
    if (folder == null || folder.getParent() == null) {
      return null;
    }
    Path module = folder.resolveSibling("pom.xml");
    Path above = folder.getParent().getFileName();
    Path beside = folder.resolve(above + "-" + folder.getFileName() + ".pom");
    return Stream.of(beside, module).filter(Files::exists).findFirst().orElse(null);
  }

  private static String key(Path file, Pom pom) {
    Path folder = file.getParent();
    String plain = pom.artifact() + "-" + (folder == null ? "" : folder.getFileName());
    String name = file.getFileName().toString().replace(".jar", "");
    return name.startsWith(plain + "-")
        ? pom.artifact() + ":" + name.substring(plain.length() + 1)
        : pom.artifact();
  }

  private static long size(Path file) {
    try (Stream<Path> all = Files.walk(file)) {
      return all.filter(Files::isRegularFile).mapToLong(each -> each.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
