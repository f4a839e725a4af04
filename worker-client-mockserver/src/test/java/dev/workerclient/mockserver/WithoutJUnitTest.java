package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.error.WorkerException;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

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
  void theExtensionStartsAndChecksAMockWithoutAssertJ() throws Exception {
    try (URLClassLoader loader = loaderWithout("assertj")) {
      assertMissing(loader, "org.assertj.core.api.Assertions");
      Class<?> type = loader.loadClass(MockWorkersExtension.class.getName());
      Class<?> context = loader.loadClass(ExtensionContext.class.getName());
      Object extension = type.getMethod("create").invoke(null);
      type.getMethod("beforeAll", context).invoke(extension, (Object) null);
      Object service = type.getMethod("service", String.class).invoke(extension, "APIMOM");
      Object route = service.getClass().getMethod("binding").invoke(service);
      Class<?> answer = loader.loadClass(MockAnswer.class.getName());
      route
          .getClass()
          .getMethod("answers", answer)
          .invoke(route, answer.getMethod("text", String.class).invoke(null, "never asked for"));
      assertThatThrownBy(() -> type.getMethod("afterAll", context).invoke(extension, (Object) null))
          .cause()
          .isExactlyInstanceOf(AssertionError.class)
          .hasMessageContaining("no request came for service(\"APIMOM\").binding()");
    }
  }

  @Test
  void answersWithoutRpcAndItsJackson() throws Exception {
    try (URLClassLoader loader =
        loaderWithout("junit", "assertj", "worker-client-rpc", "jackson-databind", "datatype")) {
      assertMissing(loader, "dev.workerclient.rpc.Rpc");
      assertMissing(loader, "com.fasterxml.jackson.databind.ObjectMapper");
      Class<?> type = loader.loadClass(MockWorkers.class.getName());
      Class<?> answer = loader.loadClass(MockAnswer.class.getName());
      try (AutoCloseable workers = (AutoCloseable) type.getMethod("start").invoke(null)) {
        Object service = type.getMethod("service", String.class).invoke(workers, "APIMOM");
        Object route = service.getClass().getMethod("customDomain").invoke(service);
        route
            .getClass()
            .getMethod("answers", answer)
            .invoke(route, answer.getMethod("text", String.class).invoke(null, "well"));
        Object url = type.getMethod("customDomainUrl", String.class).invoke(workers, "APIMOM");
        HttpRequest get =
            HttpRequest.newBuilder(URI.create(url + "/")).timeout(Duration.ofSeconds(10)).build();
        assertThat(HttpClient.newHttpClient().send(get, BodyHandlers.ofString()).body())
            .isEqualTo("well");
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
                RecordedRequest.class))
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

  /** The name of a jar, or of the module that these classes are of. */
  private static String artifact(String entry) {
    Path path = Path.of(entry);
    return String.valueOf(
        path.endsWith("target/classes")
            ? path.getName(path.getNameCount() - 3)
            : path.getFileName());
  }

  private static URLClassLoader loaderWithout(String... names) {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Stream.of(names).noneMatch(artifact(entry)::contains))
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
