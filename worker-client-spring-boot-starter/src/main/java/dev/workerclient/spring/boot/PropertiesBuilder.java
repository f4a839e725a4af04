package dev.workerclient.spring.boot;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.spring.boot.WorkerClientProperties.AccessServiceToken;
import dev.workerclient.spring.boot.WorkerClientProperties.BindingProxy;
import dev.workerclient.spring.boot.WorkerServiceProperties.CustomDomain;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Makes a client's builder of the properties; each value is checked under its property's name. */
final class PropertiesBuilder {
  private static final PropertySetters CLIENT = new PropertySetters("worker-client");

  private final WorkerClientProperties properties;
  private final Set<String> plainHttpHosts;
  private final WorkerServiceCustomizer customizer;

  private PropertiesBuilder(WorkerClientProperties properties, WorkerServiceCustomizer customizer) {
    this.properties = properties;
    this.plainHttpHosts =
        properties.allowPlainHttp().stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    this.customizer = customizer;
  }

  /**
   * Makes the builder.
   *
   * @param customizer told of each service after its properties
   * @throws InvalidWorkerPropertyException if a value is refused or missing
   */
  static WorkerClient.Builder of(
      WorkerClientProperties properties,
      ConfiguredServices services,
      WorkerServiceCustomizer customizer) {
    PropertiesBuilder made = new PropertiesBuilder(properties, customizer);
    WorkerClient.Builder builder = WorkerClient.builder();
    made.client(builder);
    services.byName().forEach((name, service) -> made.service(builder, name, service));
    return builder;
  }

  private void client(WorkerClient.Builder builder) {
    BindingProxy proxy = properties.bindingProxy();
    if (proxy != null) {
      bindingProxy(builder, CLIENT.below("binding-proxy"), proxy);
    }
    properties.allowPlainHttp().forEach(builder::allowPlainHttp);
    CLIENT.setAll("headers", properties.headers(), builder::header);
    CLIENT.set("user-agent", properties.userAgent(), builder::userAgent);
    CLIENT.set("call-timeout", properties.callTimeout(), builder::callTimeout);
    CLIENT.set("attempt-timeout", properties.attemptTimeout(), builder::attemptTimeout);
    CLIENT.set(
        "adaptive-attempt-timeout",
        properties.adaptiveAttemptTimeout(),
        builder::adaptiveAttemptTimeout);
    CLIENT.set("connect-timeout", properties.connectTimeout(), builder::connectTimeout);
    CLIENT.set("connection-max-age", properties.connectionMaxAge(), builder::connectionMaxAge);
    CLIENT.set("health-timeout", properties.healthTimeout(), builder::healthTimeout);
    CLIENT.set("read-idle-timeout", properties.readIdleTimeout(), builder::readIdleTimeout);
    CLIENT.set(
        "max-response-size", toBytes(properties.maxResponseSize()), builder::maxResponseBytes);
    CLIENT.set(
        "max-concurrent-calls", properties.maxConcurrentCalls(), builder::maxConcurrentCalls);
    PropertyOptions options = new PropertyOptions(CLIENT);
    options.retry(properties.retry(), builder::retry);
    options.retryBudget(properties.retryBudget(), builder::retryBudget);
    options.hedging(properties.hedging(), builder::hedging);
    options.circuitBreaker(properties.circuitBreaker(), builder::circuitBreaker);
  }

  private void bindingProxy(
      WorkerClient.Builder builder, PropertySetters setters, BindingProxy proxy) {
    String url =
        setters.require(
            "url",
            proxy.url(),
            "is not set; write the binding proxy's address, or remove the rest");
    checkOrigin(setters, url);
    builder.bindingProxy(
        url,
        own -> {
          setters.set("bearer-token", proxy.bearerToken(), own::bearerToken);
          accessServiceToken(setters, proxy.accessServiceToken(), own::accessServiceToken);
        });
  }

  private void service(WorkerClient.Builder builder, String name, WorkerServiceProperties service) {
    PropertySetters setters = new PropertySetters(ConfiguredServices.PREFIX + "." + name);
    new PropertySetters(ConfiguredServices.PREFIX)
        .set(
            name,
            service,
            given ->
                builder.service(
                    name,
                    own -> {
                      service(setters, own, given);
                      customizer.customize(name, own);
                    }));
  }

  private void service(
      PropertySetters setters, ServiceBuilder builder, WorkerServiceProperties service) {
    CustomDomain domain = service.customDomain();
    if (domain != null) {
      customDomain(setters.below("custom-domain"), builder, domain);
    }
    setters.set("health-path", service.healthPath(), builder::healthPath);
    setters.setAll("headers", service.headers(), builder::header);
    setters.set("call-timeout", service.callTimeout(), builder::callTimeout);
    setters.set("attempt-timeout", service.attemptTimeout(), builder::attemptTimeout);
    setters.set(
        "adaptive-attempt-timeout",
        service.adaptiveAttemptTimeout(),
        builder::adaptiveAttemptTimeout);
    if (!service.routes().isEmpty()) {
      String[] names = service.routes().stream().map(Object::toString).toArray(String[]::new);
      setters.set("routes", names, builder::routes);
    }
    PropertyOptions options = new PropertyOptions(setters);
    options.retry(service.retry(), builder::retry);
    options.retryBudget(service.retryBudget(), builder::retryBudget);
    options.hedging(service.hedging(), builder::hedging);
    options.circuitBreaker(service.circuitBreaker(), builder::circuitBreaker);
  }

  private void customDomain(PropertySetters setters, ServiceBuilder builder, CustomDomain domain) {
    String url =
        setters.require(
            "url",
            domain.url(),
            "is not set; write the custom domain's address, or remove the rest");
    checkOrigin(setters, url);
    builder.customDomain(
        url,
        own -> {
          setters.set("bearer-token", domain.bearerToken(), own::bearerToken);
          accessServiceToken(setters, domain.accessServiceToken(), own::accessServiceToken);
          setters.setAll("headers", domain.headers(), own::header);
          setters.set("stamped-by", domain.stampedBy(), own::stampedBy);
          setters.set("rpc-path", domain.rpcPath(), own::rpcPath);
        });
  }

  private void checkOrigin(PropertySetters setters, String url) {
    setters.set("url", url, address -> Origin.parse(setters.name("url"), address, plainHttpHosts));
  }

  private static void accessServiceToken(
      PropertySetters setters,
      @Nullable AccessServiceToken token,
      BiConsumer<String, String> setter) {
    if (token == null) {
      return;
    }
    PropertySetters own = setters.below("access-service-token");
    String id = own.require("id", token.id(), "is not set; write the service token's client ID");
    String secret =
        own.require("secret", token.secret(), "is not set; write the service token's secret");
    setters.set("access-service-token", id, given -> setter.accept(given, secret));
  }

  private static @Nullable Long toBytes(@Nullable DataSize size) {
    return size == null ? null : size.toBytes();
  }
}
