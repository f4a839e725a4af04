package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.WorkerException;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** JUnit and AssertJ are optional dependencies. */
class WithoutJUnitTest {
  private static final String HIDDEN = "mockwebserver3|okhttp3|okio|org\\.junit";

  @Test
  void mockWorkersLoadsAndStartsWithoutAssertJToo() throws Exception {
    try (URLClassLoader loader = loaderWithout("junit", "assertj")) {
      assertMissing(loader, "org.junit.jupiter.api.extension.Extension");
      assertMissing(loader, "org.assertj.core.api.Assertions");
      Class<?> type = loader.loadClass(MockWorkers.class.getName());
      assertThat(type).isNotSameAs(MockWorkers.class);
      assertThat(type.getDeclaredMethods()).isNotEmpty(); // Links every type in a signature.
      try (AutoCloseable workers = (AutoCloseable) type.getMethod("start").invoke(null)) {
        assertThat(type.getMethod("proxyUrl").invoke(workers)).asString().startsWith("http://");
      }
    }
  }

  @Test
  void assertionsNeedNoJUnit() throws Exception {
    try (URLClassLoader loader = loaderWithout("junit", "opentest4j")) {
      assertMissing(loader, "org.junit.jupiter.api.extension.Extension");
      assertMissing(loader, "org.opentest4j.AssertionFailedError");
      Class<?> callable = loader.loadClass(ThrowingCallable.class.getName());
      Object call =
          Proxy.newProxyInstance(loader, new Class<?>[] {callable}, (proxy, method, args) -> null);
      Object made =
          loader
              .loadClass(WorkerAssertions.class.getName())
              .getMethod("assertThatWorkerCall", callable)
              .invoke(null, call);
      Class<?> type = loader.loadClass(WorkerException.class.getName());
      assertThatThrownBy(
              () -> made.getClass().getMethod("failsWith", Class.class).invoke(made, type))
          .cause()
          .hasMessage("Expected the call to fail with WorkerException, but it returned.");
    }
  }

  @Test
  void whatIsOptionalOrHiddenStandsInNoOtherPublicSignature() {
    assertThat(
            signatures(
                MockWorkers.class,
                MockService.class,
                MockRoute.class,
                MockAnswer.class,
                Schedule.class,
                ErrorFormat.class,
                Fault.class,
                RecordedRequest.class,
                WorkerdServer.class,
                WorkerdServer.Builder.class))
        .noneMatch(method -> method.matches(".*(" + HIDDEN + "|org\\.assertj).*"));
    assertThat(
            signatures(
                WorkerAssertions.class,
                WorkerCallAssert.class,
                WorkerFailureAssert.class,
                WorkerResponseAssert.class))
        .noneMatch(method -> method.matches(".*(" + HIDDEN + ").*"));
  }

  private static Stream<String> signatures(Class<?>... types) {
    return Stream.of(types)
        .flatMap(type -> Stream.of(type.getMethods()))
        .map(method -> method.toGenericString());
  }

  private static void assertMissing(ClassLoader loader, String type) {
    assertThatThrownBy(() -> loader.loadClass(type)).isInstanceOf(ClassNotFoundException.class);
  }

  private static URLClassLoader loaderWithout(String... names) {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Stream.of(names).noneMatch(new File(entry).getName()::contains))
            .map(WithoutJUnitTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
