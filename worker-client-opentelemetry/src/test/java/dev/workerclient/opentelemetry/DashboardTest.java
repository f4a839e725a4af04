package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.WorkerClient;
import dev.workerclient.micrometer.WorkerMetrics;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard asks for meters and labels that are scraped. */
@Timeout(60)
class DashboardTest {
  private static final Path DASHBOARD = Path.of("../docs/grafana-dashboard.json");
  private static final Pattern SAMPLE = Pattern.compile("(worker_client_\\w+)(?:\\{(.*)})? .*");
  private static final Pattern METER = Pattern.compile("(worker_client_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
  private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void everyMeterAndLabelIsScraped() throws IOException {
    Map<String, Set<String>> scraped = scraped();
    List<String> queries = queries();

    assertThat(queries).hasSizeGreaterThan(10);
    for (String query : queries) {
      Set<String> labels = new TreeSet<>();
      Matcher meter = METER.matcher(query);
      while (meter.find()) {
        assertThat(scraped).as(query).containsKey(meter.group(1));
        labels.addAll(scraped.getOrDefault(meter.group(1), Set.of()));
        Matcher label = LABEL.matcher(String.valueOf(meter.group(2)));
        while (label.find()) {
          assertThat(scraped.get(meter.group(1))).as(query).contains(label.group(1));
        }
      }
      Matcher by = BY.matcher(query);
      while (by.find()) {
        assertThat(labels).as(query).contains(by.group(1).split(", "));
      }
    }
  }

  /** None was forgotten. */
  @Test
  void everyMeterIsShown() throws IOException {
    String all = String.join("\n", queries());

    for (String meter : scraped().keySet()) {
      String base = meter.replaceAll("_(count|sum|max|bucket)$", "");
      assertThat(all).contains(base);
    }
  }

  private static List<String> queries() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    return dashboard.findValuesAsText("expr");
  }

  /** The labels of each meter. */
  private static Map<String, Set<String>> scraped() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new Histograms());
    WorkerMetrics metrics = WorkerMetrics.of(registry);
    Scenarios.scriptAll(workers);
    try (WorkerClient client = workers.builder().maxConcurrentCalls(1).listener(metrics).build()) {
      metrics.bindTo(client);
      for (Scenarios scenario : Scenarios.values()) {
        scenario.run(client::service);
      }
    }
    Map<String, Set<String>> meters = new TreeMap<>();
    for (String line : registry.scrape().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        Set<String> labels = meters.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
        Matcher label = LABEL.matcher(String.valueOf(sample.group(2)));
        while (label.find()) {
          labels.add(label.group(1));
        }
      }
    }
    return meters;
  }

  private static final class Histograms implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return DistributionStatisticConfig.builder().percentilesHistogram(true).build().merge(config);
    }
  }
}
