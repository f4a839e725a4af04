package dev.workerclient.internal.route;

/**
 * What a call does, without its values. Its {@code toString} is what messages, logs and listeners
 * call it, which is put together only where one asks.
 *
 * @param template the path before its slots were filled; for a Cap'n Web batch its name
 * @param rpc whether it is a Cap'n Web batch
 */
public record Operation(String method, String template, boolean rpc) {
  /** A request with that method to that path. */
  public static Operation of(String method, String template) {
    return new Operation(method, template, false);
  }

  /** A Cap'n Web batch that messages call so. */
  public static Operation ofBatch(String name) {
    return new Operation("POST", name, true);
  }

  @Override
  public String toString() {
    return rpc ? template : method + " " + template;
  }
}
