package dev.workerclient.micrometer;

import dev.workerclient.CallInfo;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds the values of the tag {@code operation}: some of each service, then one for the rest. */
final class Operations {
  /** The value for the operations that are too many. */
  static final String OTHER = "OTHER";

  /** How many a service has by default. */
  static final int MOST = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final int most;
  private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

  /**
   * Bounds them by so many a service.
   *
   * @throws IllegalArgumentException if that is less than 1
   */
  Operations(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "maxOperations was given " + most + "; write 1 or more, such as " + MOST);
    }
    this.most = most;
  }

  /** The call's operation as a tag. */
  String tag(CallInfo call) {
    String operation = call.operationTag();
    Set<String> own = seen.get(call.service());
    return own != null && own.contains(operation) ? operation : add(call.service(), operation);
  }

  private synchronized String add(String service, String operation) {
    Set<String> own = seen.computeIfAbsent(service, name -> ConcurrentHashMap.newKeySet());
    if (own.size() < most) {
      own.add(operation);
    } else if (!own.contains(operation)) {
      if (own.size() == most && own.add(OTHER)) {
        LOGGER.warn(
            "service {}: more than {} operations; metrics count further ones as {}. Write paths as"
                + " templates, such as /v1/orders/{{}}, or name calls by operation(…)",
            service,
            most,
            OTHER);
      }
      return OTHER;
    }
    return operation;
  }
}
