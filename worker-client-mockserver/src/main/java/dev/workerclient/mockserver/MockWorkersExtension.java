package dev.workerclient.mockserver;

import dev.workerclient.WorkerClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@link MockWorkers} for JUnit Jupiter 5 and 6. One server serves all tests of a class. Scripts
 * and recorded requests are reset before each test, and the clients of {@link #client} are closed
 * after each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MockWorkersExtension workers = MockWorkersExtension.create();
 * }</pre>
 *
 * <p>Or, with {@code @ExtendWith(MockWorkersExtension.class)}, as a parameter of type {@link
 * MockWorkers} of the test and its set-up methods.
 *
 * <p>If {@link MockWorkers#close} would throw, the test fails, unless it has already failed for
 * another reason. With a field that is not static, each test has its own server. Test classes may
 * run in parallel if each has its own extension; tests that share one must not, and fail with a
 * message that says so.
 */
@SuppressWarnings("exports") // JUnit is optional; who uses this class requires it.
public final class MockWorkersExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private final AtomicReference<@Nullable String> runningTest = new AtomicReference<>();
  private @Nullable MockWorkers workers;

  /** How many classes, nested ones too, are under way. */
  private int classes;

  /** For {@code @ExtendWith}; elsewhere write {@link #create}. */
  public MockWorkersExtension() {}

  /** Returns an extension to register; its server starts when it is first needed. */
  public static MockWorkersExtension create() {
    return new MockWorkersExtension();
  }

  /** Returns the service of that name; see {@link MockWorkers#service}. */
  public MockService service(String name) {
    Objects.requireNonNull(name, "name");
    return begun().service(name);
  }

  /** Returns a new client; see {@link MockWorkers#client}. */
  public WorkerClient client() {
    return begun().client();
  }

  /** Returns a client's builder; see {@link MockWorkers#builder}. */
  public WorkerClient.Builder builder() {
    return begun().builder();
  }

  /** Returns the URL of the binding proxy; see {@link MockWorkers#proxyUrl}. */
  public String proxyUrl() {
    return workers().proxyUrl();
  }

  /** Returns the token of the binding proxy; see {@link MockWorkers#proxyToken}. */
  public String proxyToken() {
    return workers().proxyToken();
  }

  /** Returns the URL of a service's custom domain; see {@link MockWorkers#customDomainUrl}. */
  public String customDomainUrl(String name) {
    Objects.requireNonNull(name, "name");
    return workers().customDomainUrl(name);
  }

  /** Returns the requests that were not scripted; see {@link MockWorkers#unexpectedRequests}. */
  public List<RecordedRequest> unexpectedRequests() {
    return workers().unexpectedRequests();
  }

  /**
   * Resets the mock; see {@link MockWorkers#reset}. Only needed by tests that cause a finding on
   * purpose.
   */
  public void reset() {
    workers().reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MockWorkers.class;
  }

  @Override
  public MockWorkers resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return workers();
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    classes++;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String other = runningTest.compareAndExchange(null, context.getUniqueId());
    if (other != null) {
      throw new IllegalStateException(
          "this MockWorkersExtension is in use by another test at the same time, "
              + other
              + "; let the tests that share it run in one thread (@Execution(SAME_THREAD)), or"
              + " give each class, or each test, one of its own");
    }
    workers().reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!context.getUniqueId().equals(runningTest.get())) {
      return; // Was refused.
    }
    MockWorkers used = workers();
    AssertionError found = null;
    try {
      used.verify();
    } catch (AssertionError e) {
      found = e;
    }
    used.closeClients();
    used.reset();
    runningTest.set(null);
    stopUnlessInClass();
    if (found != null) {
      report(found, context.getExecutionException().orElse(null));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    synchronized (this) {
      classes--;
    }
    stopUnlessInClass();
  }

  /** The mock, if JUnit has begun with this extension: before that nothing is checked. */
  private MockWorkers begun() {
    synchronized (this) {
      if (classes == 0 && runningTest.get() == null) {
        throw new IllegalStateException(
            "JUnit does not know this MockWorkersExtension; annotate its field with"
                + " @RegisterExtension");
      }
    }
    return workers();
  }

  private static void report(AssertionError found, @Nullable Throwable ofTest) {
    if (ofTest == null) {
      throw found;
    }
    ofTest.addSuppressed(found);
  }

  private synchronized MockWorkers workers() {
    MockWorkers started = workers;
    if (started == null) {
      started = MockWorkers.start();
      workers = started;
    }
    return started;
  }

  private synchronized void stopUnlessInClass() {
    if (classes == 0 && workers != null) {
      MockWorkers started = workers;
      workers = null;
      started.close();
    }
  }
}
