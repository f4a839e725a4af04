package dev.workerclient.spring.boot;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * Where async calls run. Not on the {@code applicationTaskExecutor}: its 8 threads would be as many
 * calls at once, an {@code @Async} method that waits for a call would hold the thread that the call
 * needs, and it refuses tasks as soon as the context begins to close.
 */
final class CallExecutor {
  private CallExecutor() {}

  /**
   * Returns an executor with a thread for each call if the application asks for virtual threads or
   * has decorators, such as {@code ContextPropagatingTaskDecorator}; null for the client's own.
   */
  static @Nullable Executor of(Environment environment, List<TaskDecorator> decorators) {
    boolean virtual = Threading.VIRTUAL.isActive(environment);
    if (!virtual && decorators.isEmpty()) {
      return null;
    }
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("worker-client-");
    executor.setVirtualThreads(virtual);
    executor.setDaemon(true);
    if (!decorators.isEmpty()) {
      executor.setTaskDecorator(new CompositeTaskDecorator(decorators));
    }
    return executor;
  }
}
