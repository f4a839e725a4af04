package dev.workerclient.examples.quickstart;

import dev.workerclient.WorkerService;
import java.util.Optional;

/** The Workers that the five calls are made against, each reached by two routes. */
interface Fleet extends AutoCloseable {
  /** Answers over its binding. */
  String BEHAVES = "BEHAVES";

  /** Has no binding in the proxy; its custom domain answers. */
  String MISSING = "MISSING";

  /** Its fetch returns no Response over the binding; its custom domain answers. */
  String NO_RESPONSE = "NO_RESPONSE_SYNC";

  /** Neither the proxy's host nor its own is served by a Worker. */
  String GONE = "GONE";

  /** What the calls are made against, in a few words. */
  String description();

  /** What a reader should know of that service in this fleet. */
  default Optional<String> note(String name) {
    return Optional.empty();
  }

  /** Returns the service of that name. */
  WorkerService service(String name);

  /** How often the Worker behind that service ran so far, over both routes. */
  int executions(String name);

  @Override
  void close();
}
