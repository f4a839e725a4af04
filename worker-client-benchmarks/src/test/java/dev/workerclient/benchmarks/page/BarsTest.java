package dev.workerclient.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class BarsTest {
  private final String chart =
      Bars.ofRatios("two clients", List.of("raw", "worker-client"))
          .panel("calls a second", 2, 1, 3.5)
          .panel("not measured", 2, Double.NaN, 1)
          .svg();

  @Test
  void aChartIsWellFormed() {
    assertThatCode(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8))))
        .doesNotThrowAnyException();
  }

  @Test
  void aBarEndsWithItsPanelAndTellsItsValue() {
    assertThat(chart).contains("width=\"210.0\"").contains(">3.50<").doesNotContain("NaN");
  }

  @Test
  void percentilesAreOfTheSortedValues() {
    assertThat(Numbers.median(3, 1, 2)).isEqualTo(2);
    assertThat(Numbers.percentile(0.9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isEqualTo(10);
    assertThat(Numbers.percentile(0.5)).isNaN();
  }
}
