package dev.workerclient.mockserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The public types of a package, and what of them users call. */
final class PublicTypes {
  private PublicTypes() {}

  /** Those of the package that this class is in, nested ones included, wherever it was built to. */
  static List<Class<?>> beside(Class<?> member) {
    String folder = member.getPackageName().replace('.', '/');
    try {
      URI home = member.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(home);
      if (Files.isDirectory(path)) {
        return types(path.resolve(folder), member);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return types(jar.getPath(folder), member);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> types(Path folder, Class<?> member) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .sorted()
          .<Class<?>>map(name -> load(member, member.getPackageName() + '.' + name))
          .filter(PublicTypes::isPublic)
          .toList();
    }
  }

  private static Class<?> load(Class<?> member, String name) {
    try {
      return Class.forName(name, false, member.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  /** Public constructors and methods that the library wrote; interfaces are for users to write. */
  static Stream<Executable> callable(Class<?> type) {
    if (type.isInterface() && !Modifier.isFinal(type.getModifiers())) {
      return Stream.of(type.getMethods()).filter(method -> isStatic(method)).map(each -> each);
    }
    Stream<Executable> constructors =
        Modifier.isAbstract(type.getModifiers()) ? Stream.of() : Stream.of(type.getConstructors());
    return Stream.concat(
        constructors, Stream.of(type.getMethods()).filter(method -> isOurs(method, type)));
  }

  private static boolean isOurs(Method method, Class<?> type) {
    boolean inherited = !method.getDeclaringClass().getName().startsWith("dev.workerclient.");
    boolean generated = type.isEnum() && method.getName().equals("valueOf");
    return !inherited && !generated && !method.isSynthetic() && !method.getName().equals("equals");
  }

  static boolean isStatic(Executable executable) {
    return !(executable instanceof Method) || Modifier.isStatic(executable.getModifiers());
  }
}
