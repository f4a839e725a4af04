package dev.workerclient.rpc.elsewhere;

import dev.workerclient.WorkerService;
import dev.workerclient.rpc.Rpc;

/** Uses an interface that its package alone sees. */
public final class HiddenUser {
  private HiddenUser() {}

  interface Hidden {
    String find(int id);

    default String twice(int id) {
      return find(id) + find(id);
    }
  }

  /** Calls a default method of it. */
  public static String twice(WorkerService service) {
    return Rpc.of(service, Hidden.class).twice(1);
  }
}
