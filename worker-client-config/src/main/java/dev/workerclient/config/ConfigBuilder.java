package dev.workerclient.config;

import dev.workerclient.ServiceBuilder;
import dev.workerclient.WorkerClient;
import dev.workerclient.internal.route.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes a client's builder of settings. The keys and what they mean are the Spring Boot starter's,
 * whose ConfigFileTest compares the two.
 */
final class ConfigBuilder {
  private static final String NO_URL = "is not set; write the address, or remove the rest";

  private final WorkerClient.Builder builder = WorkerClient.builder();
  private final Set<String> plainHttpHosts = new HashSet<>();
  private final List<RefusedSettingException> withoutRoute = new ArrayList<>();
  private final Section client;
  private final boolean hasProxy;

  private ConfigBuilder(Section client) {
    this.client = client;
    this.hasProxy = client.has("binding-proxy.url");
  }

  /**
   * Makes the builder.
   *
   * @throws IllegalArgumentException if a setting is refused or missing
   */
  static WorkerClient.Builder of(Settings settings, References references) {
    ConfigBuilder made = new ConfigBuilder(new Section(settings, references, "worker-client"));
    made.client();
    Section services = made.client.below("services");
    made.services(services);
    settings.requireAllRead();
    if (!services.isSet()) {
      throw made.client.refused(
          "services",
          "lists no service; write one, such as ORDERS: {custom-domain: {url:"
              + " \"https://orders.example.com\"}}");
    }
    // A misspelled key, which was refused above, is the likelier cause.
    for (RefusedSettingException refused : made.withoutRoute) {
      throw refused;
    }
    return made.builder;
  }

  private void client() {
    client.list("allow-plain-http", hosts -> hosts.forEach(this::allowPlainHttp));
    Section proxy = client.below("binding-proxy");
    if (proxy.isSet()) {
      proxy.require("url", NO_URL);
      proxy.text("url", url -> bindingProxy(proxy, url));
    }
    client.headers(builder::header);
    client.text("user-agent", builder::userAgent);
    client.time("call-timeout", builder::callTimeout);
    client.time("attempt-timeout", builder::attemptTimeout);
    client.flag("adaptive-attempt-timeout", builder::adaptiveAttemptTimeout);
    client.time("connect-timeout", builder::connectTimeout);
    client.time("connection-max-age", builder::connectionMaxAge);
    client.time("health-timeout", builder::healthTimeout);
    client.time("read-idle-timeout", builder::readIdleTimeout);
    client.size("max-response-size", builder::maxResponseBytes);
    client.number("max-concurrent-calls", builder::maxConcurrentCalls);
    ConfigOptions options = new ConfigOptions(client);
    options.retry(builder::retry);
    options.retryBudget(builder::retryBudget);
    options.hedging(builder::hedging);
    options.circuitBreaker(builder::circuitBreaker);
  }

  private void allowPlainHttp(String host) {
    plainHttpHosts.add(host.toLowerCase(Locale.ROOT));
    builder.allowPlainHttp(host);
  }

  private void bindingProxy(Section section, String url) {
    Origin.parse("url", url, plainHttpHosts);
    builder.bindingProxy(
        url,
        own -> {
          section.token("bearer-token", "PROXY_TOKEN", own::bearerToken, own::bearerToken);
          accessServiceToken(section, "PROXY_ACCESS_SECRET", own::accessServiceToken);
        });
  }

  private void services(Section services) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String key : services.keys()) {
      String name = key.split("\\.", 2)[0];
      String other = keys.putIfAbsent(uniform(name), name);
      if (other != null && !other.equals(name)) {
        throw services.refused(name, "is the service " + other + "; write its name in one way");
      }
    }
    keys.values().forEach(key -> service(services, key));
  }

  /** As Spring Boot compares names. */
  private static String uniform(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  private void service(Section services, String key) {
    Section section = services.below(key);
    String name = section.text("binding", key.replace('-', '_').toUpperCase(Locale.ROOT));
    String named = section.has("binding") ? key + ".binding" : key;
    services.check(named, () -> builder.service(name, own -> service(section, name, own)));
  }

  private void service(Section section, String name, ServiceBuilder builder) {
    Section domain = section.below("custom-domain");
    if (domain.isSet()) {
      domain.require("url", NO_URL);
      domain.text("url", url -> customDomain(domain, name, url, builder));
    } else if (!hasProxy) {
      withoutRoute.add(
          section.refused(
              "custom-domain.url",
              "is not set, and neither is worker-client.binding-proxy.url: the service has no"
                  + " route"));
    }
    section.list("routes", routes -> routes(routes, domain.isSet(), builder));
    section.text("health-path", builder::healthPath);
    section.headers(builder::header);
    section.time("call-timeout", builder::callTimeout);
    section.time("attempt-timeout", builder::attemptTimeout);
    section.flag("adaptive-attempt-timeout", builder::adaptiveAttemptTimeout);
    ConfigOptions options = new ConfigOptions(section);
    options.retry(builder::retry);
    options.retryBudget(builder::retryBudget);
    options.hedging(builder::hedging);
    options.circuitBreaker(builder::circuitBreaker);
  }

  private void routes(List<String> routes, boolean hasDomain, ServiceBuilder builder) {
    builder.routes(routes.toArray(String[]::new));
    for (String route : routes) {
      if (!(route.equals("custom-domain") ? hasDomain : hasProxy)) {
        throw new IllegalArgumentException(
            "names " + route + ", whose url is not set; write the url, or remove the route");
      }
    }
  }

  private void customDomain(Section section, String name, String url, ServiceBuilder builder) {
    Origin.parse("url", url, plainHttpHosts);
    builder.customDomain(
        url,
        own -> {
          section.token("bearer-token", name + "_TOKEN", own::bearerToken, own::bearerToken);
          accessServiceToken(section, name + "_ACCESS_SECRET", own::accessServiceToken);
          section.headers(own::header);
          section.text("stamped-by", own::stampedBy);
          section.text("rpc-path", own::rpcPath);
        });
  }

  private static void accessServiceToken(
      Section section, String example, BiConsumer<String, String> setter) {
    Section token = section.below("access-service-token");
    if (token.isSet()) {
      token.require("id", "is not set; write the service token's client ID");
      token.require("secret", "is not set; write a reference to the service token's secret");
      String id = token.text("id", "");
      token.secret("secret", example, secret -> setter.accept(id, secret));
    }
  }
}
