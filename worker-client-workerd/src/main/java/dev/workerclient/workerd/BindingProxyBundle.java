package dev.workerclient.workerd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The binding proxy's script in the artifact that has it. */
final class BindingProxyBundle {
  private static final String RESOURCE = "dev/workerclient/bindingproxy/binding-proxy.js";

  private BindingProxyBundle() {}

  static String read() {
    return Stream.of(
            Thread.currentThread().getContextClassLoader(),
            BindingProxyBundle.class.getClassLoader())
        .filter(Objects::nonNull)
        .map(loader -> loader.getResourceAsStream(RESOURCE))
        .filter(Objects::nonNull)
        .findFirst()
        .map(BindingProxyBundle::text)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the binding proxy's script "
                        + RESOURCE
                        + " is not on the class path; add the dependency"
                        + " dev.workerclient:worker-client-binding-proxy with scope test, or give"
                        + " its bundle by script(file)"));
  }

  private static String text(InputStream resource) {
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
