package dev.workerclient.spring.boot;

import dev.workerclient.BodyCodec;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import java.util.Map;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Makes the client of properties and of the beans that have a part in it. */
final class WorkerClientFactory {
  private final WorkerClientProperties properties;
  private final ConfiguredServices services;
  private final ObjectProvider<WorkerClientCustomizer> clientCustomizers;
  private final ObjectProvider<WorkerServiceCustomizer> serviceCustomizers;

  WorkerClientFactory(
      WorkerClientProperties properties,
      ConfiguredServices services,
      ObjectProvider<WorkerClientCustomizer> clientCustomizers,
      ObjectProvider<WorkerServiceCustomizer> serviceCustomizers) {
    this.properties = properties;
    this.services = services;
    this.clientCustomizers = clientCustomizers;
    this.serviceCustomizers = serviceCustomizers;
  }

  WorkerClient create(
      @Nullable OkHttpClient okHttpClient,
      @Nullable Executor executor,
      @Nullable BodyCodec codec,
      Iterable<CallListener> listeners) {
    WorkerClient.Builder builder =
        PropertiesBuilder.of(
            properties,
            services,
            (name, service) ->
                serviceCustomizers
                    .orderedStream()
                    .forEach(customizer -> customizer.customize(name, service)));
    if (okHttpClient != null) {
      builder.okHttpClient(okHttpClient);
    }
    if (executor != null) {
      builder.executor(executor);
    }
    if (codec != null) {
      builder.bodyCodec(codec);
    }
    listeners.forEach(builder::listener);
    clientCustomizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /** What customizers may have set is known to the builder alone, so it is asked first. */
  private InvalidWorkerPropertyException refused(IllegalArgumentException e) {
    if (services.byName().isEmpty()) {
      return new InvalidWorkerPropertyException(
          ConfiguredServices.PREFIX,
          "lists no service; write one, such as"
              + " worker-client.services.ORDERS.custom-domain.url=https://orders.example.com");
    }
    if (properties.bindingProxy() == null) {
      for (Map.Entry<String, WorkerServiceProperties> service : services.byName().entrySet()) {
        if (service.getValue().customDomain() == null) {
          return new InvalidWorkerPropertyException(
              ConfiguredServices.PREFIX + "." + service.getKey() + ".custom-domain.url",
              "is not set, and neither is worker-client.binding-proxy.url: the service has no"
                  + " route");
        }
      }
    }
    return new InvalidWorkerPropertyException("worker-client", String.valueOf(e.getMessage()));
  }
}
