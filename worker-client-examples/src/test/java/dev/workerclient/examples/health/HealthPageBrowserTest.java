package dev.workerclient.examples.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a person sees of the page, in headless Chromium. */
@Timeout(180)
class HealthPageBrowserTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Test
  void thePageShowsARowForEachRouteAndSaysWhenItHasNoReport(@TempDir Path profile)
      throws Exception {
    MockAnswer well = MockAnswer.json("{}");
    workers.service("CATALOG").binding().answers(well);
    workers.service("MEDIA").binding().fails(Fault.bindingMissing());
    workers.service("MEDIA").customDomain().answers(well);
    workers.service("HOSTILE").customDomain().answers(HostileText.answer());

    ChromeDriver browser = InstalledChromium.start(profile);
    try {
      try (HealthServer server = HealthServer.start(workers.client(), 0)) {
        browser.get(server.url() + "/health");
        await(browser, "#routes tbody");
      }
      showsEachRoute(browser);
      takesTextsForText(browser);
      fitsAPhone(browser);

      await(browser, "#trouble:not([hidden])");
      assertThat(text(browser, "#trouble"))
          .startsWith("The report can't be fetched (")
          .contains("What is below is old.");
      assertThat(rows(browser)).hasSize(4);
    } finally {
      browser.quit();
    }
  }

  private static void showsEachRoute(ChromeDriver browser) {
    assertThat(rows(browser))
        .containsExactly(
            "CATALOG ✓ up | binding-proxy | ✓ up | ",
            "MEDIA ▲ degraded Diagnose | binding-proxy | ✕ down | BINDING_NOT_FOUND",
            " | custom-domain | ✓ up | ",
            "HOSTILE ✕ down Diagnose | custom-domain | ✕ down | WORKER_LIMIT");
    assertThat(text(browser, "#overall")).isEqualTo("Overall down: 1 up, 1 degraded, 1 down");
    assertThat(text(browser, "dd.proxy")).contains("the deployed proxy has no such binding");
  }

  private static void takesTextsForText(ChromeDriver browser) {
    assertThat(text(browser, "#routes")).contains(HostileText.MARKUP);
    assertThat(browser.findElements(By.cssSelector("table script, table img"))).isEmpty();
    assertThat(browser.getTitle()).isEqualTo("Workers: health");
    assertThat(complaints(browser)).isEmpty();
  }

  private static void fitsAPhone(ChromeDriver browser) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 400, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(400L);
  }

  private static void await(ChromeDriver browser, String selector) {
    new WebDriverWait(browser, LONGEST)
        .until(page -> !page.findElements(By.cssSelector(selector)).isEmpty());
  }

  private static List<String> rows(ChromeDriver browser) {
    return browser.findElements(By.cssSelector("#routes tbody tr")).stream()
        .map(
            row ->
                String.join(
                    " | ",
                    within(row, "th.service"),
                    within(row, "td.route"),
                    within(row, "td.state"),
                    within(row, ".failure")))
        .toList();
  }

  private static String within(WebElement row, String selector) {
    return row.findElements(By.cssSelector(selector)).stream()
        .map(cell -> cell.getText().replace('\n', ' '))
        .findFirst()
        .orElse("");
  }

  private static String text(ChromeDriver browser, String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  /** All of the console but what a browser always notes of a 503. */
  private static List<String> complaints(ChromeDriver browser) {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> !message.matches(".*/health/bindings - Failed to load .* 503 .*"))
        .toList();
  }
}
