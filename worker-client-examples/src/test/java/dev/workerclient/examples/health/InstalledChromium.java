package dev.workerclient.examples.health;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium and its driver; with both given, Selenium looks for nothing to download. */
final class InstalledChromium {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Warns that a module which nothing here uses does not know the browser's version. */
  private static final Logger NOISE =
      Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

  private InstalledChromium() {}

  /** Starts it; where it is not installed the test is skipped, and fails with CI=true. */
  static ChromeDriver start(Path profile) {
    if (!Files.isExecutable(BROWSER) || !Files.isExecutable(DRIVER)) {
      return missing();
    }
    NOISE.setLevel(Level.OFF);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile.toAbsolutePath());
    ChromeDriverService driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .withLogFile(new File(profile.toFile(), "driver.log"))
            .build();
    return new ChromeDriver(driver, options);
  }

  private static ChromeDriver missing() {
    String reason = "no chromium and chromedriver in /usr/bin; .ci/run installs Debian's";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    System.err.println("==== a test in a browser SKIPPED: " + reason + " ====");
    return Assumptions.abort(reason);
  }
}
