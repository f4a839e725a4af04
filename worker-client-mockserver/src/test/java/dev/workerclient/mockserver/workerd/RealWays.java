package dev.workerclient.mockserver.workerd;

import dev.workerclient.WorkerClient;
import java.util.Locale;

/** Troubles that targets on the real runtime make, behind the real proxy or at a domain. */
final class RealWays implements Ways {
  private static final String SCOPED_TOKEN = "fleet-token-next-0123456789-0123456789-abc";
  private static final String WRONG_TOKEN = "wrong-token-0123456789-0123456789-abcdef";

  private final RealFleet fleet;
  private int before;

  RealWays(Installed runtime) {
    fleet = RealFleet.on(runtime);
  }

  @Override
  public WorkerClient.Builder client(Trouble trouble) {
    before = count(trouble);
    if (trouble.isOnDomain()) {
      return WorkerClient.builder()
          .service(
              trouble.service, own -> own.customDomain(fleet.url("direct-" + target(trouble))));
    }
    return fleet.builder(token(trouble)).service(trouble.service);
  }

  private static String token(Trouble trouble) {
    return switch (trouble) {
      case UNAUTHORIZED -> WRONG_TOKEN;
      case FORBIDDEN -> SCOPED_TOKEN;
      default -> RealFleet.TOKEN;
    };
  }

  @Override
  public int runs(Trouble trouble) {
    return count(trouble) - before;
  }

  /** A binding that leads nowhere has no target that could count. */
  private int count(Trouble trouble) {
    return switch (trouble) {
      case BINDING_MISSING, BINDING_WRONG_KIND -> 0;
      default -> fleet.runs(target(trouble));
    };
  }

  private static String target(Trouble trouble) {
    return trouble.service.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void close() {
    // The fleet serves further tests.
  }
}
