package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WithoutJUnitTest {
  @Test
  void mockWorkersLoadsAndStarts() throws Exception {
    try (URLClassLoader loader = loaderWithoutJUnit()) {
      assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.extension.Extension"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> type = loader.loadClass(MockWorkers.class.getName());
      assertThat(type).isNotSameAs(MockWorkers.class);
      assertThat(type.getDeclaredMethods()).isNotEmpty(); // Links every type in a signature.
      try (AutoCloseable workers = (AutoCloseable) type.getMethod("start").invoke(null)) {
        assertThat(type.getMethod("proxyUrl").invoke(workers)).asString().startsWith("http://");
      }
    }
  }

  @Test
  void mockwebserverAndJUnitStandInNoOtherPublicSignature() {
    assertThat(
            Stream.of(
                    MockWorkers.class,
                    MockService.class,
                    MockRoute.class,
                    MockAnswer.class,
                    Fault.class,
                    RecordedRequest.class,
                    WorkerdServer.class,
                    WorkerdServer.Builder.class)
                .flatMap(type -> Stream.of(type.getMethods()))
                .map(method -> method.toGenericString()))
        .noneMatch(method -> method.matches(".*(mockwebserver3|okhttp3|okio|org\\.junit).*"));
  }

  private static URLClassLoader loaderWithoutJUnit() {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("junit"))
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
