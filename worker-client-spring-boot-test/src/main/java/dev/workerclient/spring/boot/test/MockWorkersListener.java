package dev.workerclient.spring.boot.test;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkers;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Makes mock and client as new before each test, and checks the mock after it. */
final class MockWorkersListener implements TestExecutionListener {
  @Override
  public void beforeTestMethod(TestContext test) {
    if (isAsked(test)) {
      ApplicationContext context = test.getApplicationContext();
      context.getBeanProvider(WorkerClient.class).forEach(MockWorkersListener::reset);
      context.getBean(MockWorkers.class).reset();
    }
  }

  @Override
  public void afterTestMethod(TestContext test) {
    if (!isAsked(test)) {
      return;
    }
    MockWorkers workers = test.getApplicationContext().getBean(MockWorkers.class);
    try {
      workers.verify();
    } catch (AssertionError found) {
      Throwable failure = test.getTestException();
      if (failure == null) {
        throw found;
      }
      failure.addSuppressed(found);
    } finally {
      workers.reset();
    }
  }

  private static void reset(WorkerClient client) {
    client.resetBreakers();
    client.resetRetryBudgets();
  }

  private static boolean isAsked(TestContext test) {
    return TestContextAnnotationUtils.hasAnnotation(
        test.getTestClass(), AutoConfigureMockWorkers.class);
  }
}
