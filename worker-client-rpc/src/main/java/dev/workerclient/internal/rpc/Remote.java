package dev.workerclient.internal.rpc;

/** Marks the proxies of interfaces, which stand for what a Worker will return. */
public interface Remote {
  /** Whether a type of a method stands for a remote object: any interface but Java's own. */
  static boolean isStoodForBy(Class<?> type) {
    return type.isInterface() && !type.getName().startsWith("java.");
  }
}
