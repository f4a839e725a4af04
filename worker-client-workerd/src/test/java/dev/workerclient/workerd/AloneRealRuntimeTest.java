package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This module's classes and those of the JDK are all that a Worker needs to start. */
@Tag("workerd")
@Timeout(60)
class AloneRealRuntimeTest {
  @ParameterizedTest
  @MethodSource("dev.workerclient.workerd.Installed#all")
  void aWorkerGivenAsAStringAnswers(Installed runtime) throws Exception {
    runtime.require();
    URL classes = WorkerdServer.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      assertMissing(alone, "org.jspecify.annotations.Nullable");
      assertMissing(alone, "org.junit.jupiter.api.Test");
      Class<?> type = alone.loadClass(WorkerdServer.class.getName());
      Object builder = type.getMethod("builder").invoke(null);
      set(builder, "binary", Path.class, runtime.binary());
      set(builder, "scriptText", String.class, "export default { fetch: () => new Response(42) };");
      set(builder, "awaitSockets", String[].class, new String[] {"http"});
      try (AutoCloseable workerd =
          (AutoCloseable) builder.getClass().getMethod("start").invoke(builder)) {
        String url = (String) type.getMethod("url").invoke(workerd);
        HttpRequest get = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(HttpClient.newHttpClient().send(get, BodyHandlers.ofString()).body())
            .isEqualTo("42");
      }
    }
  }

  private static void set(Object builder, String name, Class<?> type, Object value)
      throws ReflectiveOperationException {
    builder.getClass().getMethod(name, type).invoke(builder, value);
  }

  private static void assertMissing(ClassLoader loader, String type) {
    assertThatThrownBy(() -> loader.loadClass(type)).isInstanceOf(ClassNotFoundException.class);
  }
}
