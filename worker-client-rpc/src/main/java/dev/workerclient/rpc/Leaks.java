package dev.workerclient.rpc;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where the application made what it forgot. Thread-safe. */
final class Leaks {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.rpc");
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_PLACES = 1000;
  private static final Set<String> PLACES = ConcurrentHashMap.newKeySet();

  private Leaks() {}

  /** Runs that when nobody can reach the owner any more, which must not be reachable from it. */
  static void after(Object owner, Runnable release) {
    CLEANER.register(owner, release);
  }

  /**
   * The same, and logs where the owner was made, if the Worker kept something for it until then.
   *
   * @param what of the owner was forgotten, and what to do instead, for a person
   * @param release returns whether the Worker kept something
   */
  static void watch(Object owner, String what, BooleanSupplier release) {
    String place = place();
    after(
        owner,
        () -> {
          if (release.getAsBoolean() && PLACES.size() < MOST_PLACES && PLACES.add(place)) {
            LOGGER.warn(
                "{}: the Worker kept its end until the garbage collector ran. It was made at {};"
                    + " this place is named once",
                what,
                place);
          }
        });
  }

  /** The user's line that the library was called from. */
  private static String place() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(Leaks::isUsers).findFirst())
        .map(Object::toString)
        .orElse("an unknown place");
  }

  private static boolean isUsers(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return !name.substring(0, name.lastIndexOf('.') + 1).equals("dev.workerclient.rpc.")
        && !name.startsWith("dev.workerclient.internal.")
        && !name.startsWith("java.")
        && !name.startsWith("jdk.")
        && !name.startsWith("com.fasterxml.jackson.")
        && !name.contains("$Proxy");
  }
}
