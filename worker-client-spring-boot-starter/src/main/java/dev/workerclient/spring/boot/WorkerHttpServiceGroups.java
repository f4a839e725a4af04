package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.spring.WorkerClientHttpRequestFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Sends the requests of a group of HTTP interfaces over the service that the group is mapped to, or
 * whose name it has; other groups are left alone.
 */
final class WorkerHttpServiceGroups implements RestClientHttpServiceGroupConfigurer {
  /** After Spring Boot's own, which set the request factory and run RestClientCustomizers at 0. */
  private static final int ORDER = 100;

  private final ConfiguredServices services;
  private final ObjectProvider<WorkerClient> client;

  WorkerHttpServiceGroups(ConfiguredServices services, ObjectProvider<WorkerClient> client) {
    this.services = services;
    this.client = client;
  }

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public void configureGroups(Groups<RestClient.Builder> groups) {
    groups.forEachClient(
        (group, builder) -> {
          String service = serviceOf(group.name());
          if (service != null) {
            builder.requestFactory(
                new WorkerClientHttpRequestFactory(client.getObject().service(service)));
          }
        });
  }

  private @Nullable String serviceOf(String group) {
    for (Map.Entry<String, WorkerServiceProperties> service : services.byName().entrySet()) {
      if (service.getValue().httpServiceGroups().contains(group)) {
        return service.getKey();
      }
    }
    String uniform = ConfiguredServices.uniform(group);
    for (Map.Entry<String, WorkerServiceProperties> service : services.byName().entrySet()) {
      if (service.getValue().httpServiceGroups().isEmpty()
          && ConfiguredServices.uniform(service.getKey()).equals(uniform)) {
        return service.getKey();
      }
    }
    return null;
  }
}
