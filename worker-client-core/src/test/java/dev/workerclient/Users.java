package dev.workerclient;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Whose thread it is: what security, tracing and logging frameworks keep in a thread-local. */
final class Users {
  private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> INHERITED = new InheritableThreadLocal<>();

  private Users() {}

  /** The user of this thread, or {@code nobody}. */
  static String current() {
    String user = USER.get();
    return user == null ? "nobody" : user;
  }

  /** The user that this thread has or inherited from the one that started it, or else nobody. */
  static String inherited() {
    String user = INHERITED.get();
    return user == null ? "nobody" : user;
  }

  /** Runs the task as that user, of whom threads that are started inherit. */
  static void inheritably(String user, Runnable task) {
    INHERITED.set(user);
    try {
      task.run();
    } finally {
      INHERITED.remove();
    }
  }

  /** Runs the task as that user. */
  static void as(@Nullable String user, Runnable task) {
    String before = USER.get();
    USER.set(user);
    try {
      task.run();
    } finally {
      if (before == null) {
        USER.remove();
      } else {
        USER.set(before);
      }
    }
  }

  /** An executor that captures its caller's user, as the frameworks' own do. */
  static Executor capturing(Executor delegate) {
    return task -> {
      String user = USER.get();
      delegate.execute(() -> as(user, task));
    };
  }
}
