package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * {@link MockWorkers} for JUnit Jupiter. One server serves all tests of a class; scripts and
 * records are forgotten before each, and the clients of {@link #client} are closed after each.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MockWorkersExtension workers = MockWorkersExtension.create();
 * }</pre>
 *
 * <p>A request that no script was there for fails the test; where the test has failed by itself,
 * its own failure stays the one reported. In a field that is not static, each test has a server of
 * its own. Not for tests of one class that run at the same time.
 */
public final class MockWorkersExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private @Nullable MockWorkers workers;

  /** How many classes, nested ones too, are under way. */
  private int classes;

  private MockWorkersExtension() {}

  /** Returns an extension to register; its server starts with the first test. */
  public static MockWorkersExtension create() {
    return new MockWorkersExtension();
  }

  /** See {@link MockWorkers#service}. */
  public MockService service(String name) {
    return workers().service(name);
  }

  /** See {@link MockWorkers#client}. */
  public WorkerClient client() {
    return workers().client();
  }

  /** See {@link MockWorkers#builder}. */
  public WorkerClient.Builder builder() {
    return workers().builder();
  }

  /** See {@link MockWorkers#proxyUrl}. */
  public String proxyUrl() {
    return workers().proxyUrl();
  }

  /** See {@link MockWorkers#proxyToken}. */
  public String proxyToken() {
    return workers().proxyToken();
  }

  /** See {@link MockWorkers#customDomainUrl}. */
  public String customDomainUrl(String name) {
    return workers().customDomainUrl(name);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    classes++;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    workers().reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    MockWorkers used = workers();
    AssertionError unexpected = null;
    try {
      used.requireNoneUnexpected();
    } catch (AssertionError e) {
      unexpected = e;
    }
    used.reset();
    used.closeClients();
    if (classes == 0) {
      stop();
    }
    if (unexpected != null) {
      report(unexpected, context.getExecutionException().orElse(null));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--classes == 0) {
      stop();
    }
  }

  private static void report(AssertionError unexpected, @Nullable Throwable ofTest) {
    if (ofTest == null) {
      throw unexpected;
    }
    ofTest.addSuppressed(unexpected);
  }

  private MockWorkers workers() {
    MockWorkers started = workers;
    if (started == null) {
      started = MockWorkers.start();
      workers = started;
    }
    return started;
  }

  private void stop() {
    MockWorkers started = workers;
    workers = null;
    if (started != null) {
      started.close();
    }
  }
}
